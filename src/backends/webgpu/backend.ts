/** The WebGPU backend: programs as compiled plans on a device of our own. */
import { elementCount, type Program, type TensorType } from "../../tensor/program.ts";
import {
  type Backend,
  type Bindings,
  type DeviceLostError,
  type DeviceTensor,
  type Executable,
  type HostArray,
  ProgramError,
} from "../backend.ts";
import { checkData, checkProgram } from "../checks.ts";
import { type AcquiredDevice, acquireDevice, type FoundAdapter } from "./device.ts";
import { DeviceMemory } from "./device-memory.ts";
import { WebgpuExecutable, writeHostData } from "./executable.ts";
import type { Lowering } from "./kernel.ts";
import type { KernelProblem } from "./kernels/problem.ts";
import { PipelineCache } from "./pipelines.ts";
import { paddedWords } from "./plan/place.ts";
import { makePlan, type Plan } from "./plan/plan.ts";
import { WebgpuTensor } from "./tensor.ts";
import { KernelTuner, type TuningRecord } from "./tuner.ts";
import { MemoryTuningStore, type TuningStore } from "./tuning-store.ts";

/** Throws BackendUnavailableError, which says why there is no device and what would help. */
export async function createWebgpuBackend(found?: FoundAdapter): Promise<WebgpuBackend> {
  return new WebgpuBackend(await acquireDevice(found));
}

export class WebgpuBackend implements Backend {
  readonly kind = "webgpu";
  readonly description: string;
  readonly memory: DeviceMemory;
  readonly lost: Promise<DeviceLostError>;
  private readonly pipelines: PipelineCache;
  private readonly tuner: KernelTuner;

  /** `choices` holds what was tuned earlier, and takes what `tune` finds. */
  constructor(
    readonly acquired: AcquiredDevice,
    readonly choices: TuningStore = new MemoryTuningStore(),
  ) {
    this.memory = new DeviceMemory(acquired);
    this.lost = this.memory.lost;
    this.description = acquired.name;
    this.pipelines = new PipelineCache(acquired.device);
    this.tuner = new KernelTuner(acquired, this.pipelines, choices);
  }

  /** Pipelines compiled on this device so far. */
  get pipelineCount(): number {
    return this.pipelines.size;
  }

  createTensor(type: TensorType, data?: HostArray, label = "tensor"): WebgpuTensor {
    if (data) checkData(`tensor "${label}"`, type, data);
    const words = paddedWords(elementCount(type.shape), type.dtype);
    const tensor = new WebgpuTensor(type, label, this.memory.create(words, label), this.memory);
    if (data) this.write(tensor, data);
    return tensor;
  }

  write(tensor: DeviceTensor, data: HostArray): void {
    this.memory.check();
    const { buffer, type } = this.own(tensor);
    checkData(`tensor "${tensor.label}"`, type, data);
    const isDeviceFormat = data instanceof Float32Array || data instanceof Int32Array;
    if (isDeviceFormat) {
      this.acquired.device.queue.writeBuffer(buffer, 0, data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
      return;
    }
    const bytes = new ArrayBuffer(buffer.size);
    writeHostData(bytes, 0, data, type.dtype);
    this.acquired.device.queue.writeBuffer(buffer, 0, bytes);
  }

  async read(tensor: DeviceTensor): Promise<HostArray> {
    this.memory.check();
    const { buffer, type } = this.own(tensor);
    const readback = this.memory.takeReadback(buffer.size);
    const encoder = this.acquired.device.createCommandEncoder();
    encoder.copyBufferToBuffer(buffer, 0, readback, 0, buffer.size);
    this.acquired.device.queue.submit([encoder.finish()]);
    const contents = await this.memory.readBack(readback);
    const count = elementCount(type.shape);
    if (type.dtype === "byte") return new Uint8Array(contents, 0, count);
    return type.dtype === "int" ? new Int32Array(contents, 0, count) : new Float32Array(contents, 0, count);
  }

  async compile(program: Program, bindings: Bindings = {}): Promise<Executable> {
    this.memory.check();
    checkProgram(program, bindings, (tensor) => this.owns(tensor));
    const plan = this.plan(program, bindings, (problem) => this.tuner.choose(problem));
    return WebgpuExecutable.create(program, bindings, plan, this.memory, this.pipelines);
  }

  /** Times the kernels that `program` could use, where no choice is known, so that `compile` takes the fastest. */
  tune(program: Program, bindings: Bindings = {}, signal?: AbortSignal): Promise<TuningRecord[]> {
    this.memory.check();
    checkProgram(program, bindings, (tensor) => this.owns(tensor));
    const problems: KernelProblem[] = [];
    this.plan(program, bindings, (problem) => {
      problems.push(problem);
      return this.tuner.choose(problem);
    });
    return this.memory.orLost(this.tuner.tune(problems, signal));
  }

  async idle(): Promise<void> {
    this.memory.check();
    await this.memory.orLost(this.acquired.device.queue.onSubmittedWorkDone());
    this.memory.check();
  }

  dispose(): void {
    this.acquired.device.destroy();
  }

  private plan(program: Program, bindings: Bindings, choose: (problem: KernelProblem) => Lowering): Plan {
    return makePlan(program, bindings, { traits: this.acquired.traits, choose });
  }

  private owns(tensor: DeviceTensor): tensor is WebgpuTensor {
    return tensor instanceof WebgpuTensor && tensor.memory === this.memory && !tensor.isDisposed;
  }

  private own(tensor: DeviceTensor): WebgpuTensor {
    if (!this.owns(tensor)) {
      throw new ProgramError(`tensor "${tensor.label}" is disposed or of another backend`);
    }
    return tensor;
  }
}
