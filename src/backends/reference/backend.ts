/**
 * The backend that others are judged by: float64 loops, written to be read. Not fast, and with nothing to tune. Runs
 * happen at once, inside the call.
 */
import type { Program, TensorType } from "../../tensor/program.ts";
import {
  type Backend,
  type Bindings,
  type DeviceTensor,
  type Executable,
  type HostArray,
  ProgramError,
} from "../backend.ts";
import { checkData, checkProgram } from "../checks.ts";
import { MemoryMeter } from "../memory-meter.ts";
import { ReferenceExecutable } from "./executable.ts";
import { bytesOf, copyAs, zeros } from "./host-arrays.ts";

class ReferenceBackend implements Backend {
  readonly kind = "reference";
  readonly description = "float64 loops";
  readonly memory = new MemoryMeter();
  /** Memory of this process cannot be lost. */
  readonly lost = new Promise<never>(() => {});
  readonly #contents = new Map<DeviceTensor, HostArray>();

  createTensor(type: TensorType, data?: HostArray, label = "tensor"): DeviceTensor {
    if (data) checkData(`tensor "${label}"`, type, data);
    const tensor: DeviceTensor = {
      type,
      label,
      dispose: () => {
        if (this.#contents.delete(tensor)) this.memory.subtract(bytesOf(type));
      },
    };
    this.#contents.set(tensor, data ? copyAs(type, data) : zeros(type));
    this.memory.add(bytesOf(type));
    return tensor;
  }

  write(tensor: DeviceTensor, data: HostArray): void {
    checkData(`tensor "${tensor.label}"`, tensor.type, data);
    this.#contentsOf(tensor).set(data);
  }

  async read(tensor: DeviceTensor): Promise<HostArray> {
    return this.#contentsOf(tensor).slice();
  }

  async compile(program: Program, bindings: Bindings = {}): Promise<Executable> {
    checkProgram(program, bindings, (tensor) => this.#contents.has(tensor));
    const executable: ReferenceExecutable = new ReferenceExecutable(
      program,
      bindings,
      (tensor) => this.#contentsOf(tensor),
      () => this.memory.subtract(executable.statistics.temporaryBytes),
    );
    this.memory.add(executable.statistics.temporaryBytes);
    return executable;
  }

  async idle(): Promise<void> {}

  dispose(): void {
    for (const tensor of [...this.#contents.keys()]) tensor.dispose();
  }

  #contentsOf(tensor: DeviceTensor): HostArray {
    const contents = this.#contents.get(tensor);
    if (!contents) throw new ProgramError(`tensor "${tensor.label}" is disposed or of another backend`);
    return contents;
  }
}

export const createReferenceBackend = (): Backend => new ReferenceBackend();
