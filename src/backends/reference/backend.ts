/**
 * The backend that others are judged by: float64 loops, written to be read. Not fast, and with nothing to tune.
 */
import type { Program, TensorType } from "../../tensor/program.ts";
import {
  type Backend,
  BackendError,
  type Bindings,
  type DeviceTensor,
  type Executable,
  type HostArray,
  ProgramError,
} from "../backend.ts";
import { checkData, checkProgram } from "../checks.ts";
import { MemoryMeter } from "../memory-meter.ts";
import { SerialQueue } from "../serial-queue.ts";
import { ReferenceExecutable } from "./executable.ts";
import { bytesOf, copyAs, zeros } from "./host-arrays.ts";

class ReferenceBackend implements Backend {
  readonly kind = "reference";
  readonly description = "float64 loops";
  readonly memory = new MemoryMeter();
  /** Memory of this process cannot be lost. */
  readonly lost = new Promise<never>(() => {});
  readonly #contents = new Map<DeviceTensor, HostArray>();
  readonly #queue = new SerialQueue();
  #disposed = false;

  createTensor(type: TensorType, data?: HostArray, label = "tensor"): DeviceTensor {
    this.#checkLive();
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
    const [contents, copy] = [this.#contentsOf(tensor), copyAs(tensor.type, data)];
    this.#queue.add(() => contents.set(copy)).catch(() => {});
  }

  async read(tensor: DeviceTensor): Promise<HostArray> {
    const contents = this.#contentsOf(tensor);
    return this.#queue.add(() => contents.slice());
  }

  async compile(program: Program, bindings: Bindings = {}): Promise<Executable> {
    this.#checkLive();
    checkProgram(program, bindings, (tensor) => this.#contents.has(tensor));
    return new ReferenceExecutable(program, bindings, {
      contentsOf: (tensor) => this.#contentsOf(tensor),
      queue: this.#queue,
      memory: this.memory,
    });
  }

  idle(): Promise<void> {
    return this.#queue.idle();
  }

  dispose(): void {
    this.#disposed = true;
    this.#queue.close(new BackendError("The reference backend was disposed of."));
    for (const tensor of [...this.#contents.keys()]) tensor.dispose();
  }

  #checkLive(): void {
    if (this.#disposed) throw new BackendError("The reference backend was disposed of.");
  }

  #contentsOf(tensor: DeviceTensor): HostArray {
    const contents = this.#contents.get(tensor);
    if (!contents) throw new ProgramError(`tensor "${tensor.label}" is disposed or of another backend`);
    return contents;
  }
}

export const createReferenceBackend = (): Backend => new ReferenceBackend();
