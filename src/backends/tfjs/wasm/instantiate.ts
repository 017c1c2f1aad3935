/** Generated functions over a kernel module's heap. */
import { assembleModule, type FunctionBody } from "./assembler.ts";
import type { KernelModule } from "./kernel-module.ts";
import { importedFunctions, importedNames } from "./loop-operations.ts";

/** Compiles at once: for a few short functions. Engines limit this on a page's main thread to 4 kB. */
export function instantiateLoops(module: KernelModule, functions: readonly FunctionBody[]): (() => void)[] {
  const compiled = new WebAssembly.Module(assembleModule(importedNames, functions));
  return exportsOf(new WebAssembly.Instance(compiled, importsOf(module)), functions.length);
}

export async function compileLoops(module: KernelModule, functions: readonly FunctionBody[]): Promise<(() => void)[]> {
  if (functions.length === 0) return [];
  const { instance } = await WebAssembly.instantiate(assembleModule(importedNames, functions), importsOf(module));
  return exportsOf(instance, functions.length);
}

const importsOf = (module: KernelModule) => ({ env: { memory: module.exports.memory, ...importedFunctions } });

const exportsOf = ({ exports }: WebAssembly.Instance, count: number) =>
  Array.from({ length: count }, (_, i) => exports[String(i)] as () => void);
