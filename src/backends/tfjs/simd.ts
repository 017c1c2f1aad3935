/** Whether this engine takes 128-bit vector instructions. */
import { assembleModule, wasm } from "./wasm/assembler.ts";

export const supportsSimd = (): boolean =>
  WebAssembly.validate(assembleModule([], [{ locals: ["v128"], code: [...wasm.v128.zero, ...wasm.set(0)] }]));
