/** A plan on a device: pipelines, buffers and bind groups made once, then replayed. */
import { elementCount, type Program } from "../../tensor/program.ts";
import {
  type Bindings,
  type Executable,
  type ExecutableStatistics,
  type Feed,
  type Fetched,
  ProgramError,
} from "../backend.ts";
import { checkFeed } from "../checks.ts";
import type { DeviceMemory } from "./device-memory.ts";
import type { PipelineCache } from "./pipelines.ts";
import type { PlanBuffer } from "./plan/buffers.ts";
import type { HostEntry } from "./plan/place.ts";
import type { Plan } from "./plan/plan.ts";
import type { WebgpuTensor } from "./tensor.ts";

interface Launch {
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly workgroups: readonly [number, number, number];
}

/** Uniform blocks start at multiples of this. */
const uniformAlignment = 256;

export class WebgpuExecutable implements Executable {
  private uploads: GPUBuffer | null = null;
  private isDisposed = false;

  private constructor(
    private readonly program: Program,
    private readonly bindings: Bindings,
    private readonly plan: Plan,
    private readonly memory: DeviceMemory,
    private readonly buffers: readonly GPUBuffer[],
    private readonly uniforms: GPUBuffer,
    private readonly launches: readonly Launch[],
    readonly statistics: ExecutableStatistics,
  ) {}

  static async create(
    program: Program,
    bindings: Bindings,
    plan: Plan,
    memory: DeviceMemory,
    pipelines: PipelineCache,
  ): Promise<WebgpuExecutable> {
    const { device } = memory;
    const compiled = await memory.orLost(Promise.all(plan.steps.map(({ code, label }) => pipelines.get(code, label))));
    const buffers = plan.buffers.map((buffer) => createBuffer(buffer, memory));
    const { data, offsets } = packUniforms(plan);
    const uniforms = device.createBuffer({
      size: data.byteLength,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    memory.count(data.byteLength);
    device.queue.writeBuffer(uniforms, 0, data);
    const launches = plan.steps.map((step, i): Launch => {
      const uniform = { buffer: uniforms, offset: offsets[i], size: Math.max(16, step.params.length * 4) };
      const storage = step.buffers.map((buffer, k) => ({ binding: k + 1, resource: { buffer: buffers[buffer] } }));
      const entries = [{ binding: 0, resource: uniform }, ...storage];
      const bindGroup = device.createBindGroup({
        label: step.label,
        layout: compiled[i].getBindGroupLayout(0),
        entries,
      });
      return { pipeline: compiled[i], bindGroup, workgroups: step.workgroups };
    });
    memory.check();
    const statistics = {
      flops: plan.flops,
      launches: launches.length,
      pipelines: new Set(plan.steps.map(({ code }) => code)).size,
      temporaryBytes: plan.temporaryBytes,
    };
    return new WebgpuExecutable(program, bindings, plan, memory, buffers, uniforms, launches, statistics);
  }

  async run(feeds: readonly Feed[]): Promise<Fetched[]> {
    if (this.isDisposed) throw new ProgramError("run of an executable that is disposed");
    this.memory.check();
    for (const feed of feeds) checkFeed(this.program, this.bindings, feed);
    if (feeds.length === 0) return [];
    const { device } = this.memory;
    const { feed, fetch } = this.plan;
    const source = feed.bytes > 0 ? this.upload(feeds) : null;
    const hasFetch = fetch.bytes > 0;
    const readback = hasFetch ? this.memory.takeReadback(2 * fetch.bytes * feeds.length) : null;
    const encoder = device.createCommandEncoder();
    for (let run = 0; run < feeds.length; run++) {
      if (source) encoder.copyBufferToBuffer(source, run * feed.bytes, this.bufferOf("feed")!, 0, feed.bytes);
      this.encode(encoder);
      if (readback) this.encodeFetch(encoder, readback, run);
    }
    device.queue.submit([encoder.finish()]);
    if (!readback) return feeds.map(() => ({}));
    const contents = await this.memory.readBack(readback);
    return feeds.map((_, run) => this.fetched(contents, run));
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.plan.buffers.forEach((buffer, i) => {
      if (buffer.kind !== "bound") this.memory.destroy(this.buffers[i]);
    });
    this.memory.destroy(this.uniforms);
    if (this.uploads) this.memory.destroy(this.uploads);
  }

  private encode(encoder: GPUCommandEncoder): void {
    const pass = encoder.beginComputePass({ label: `program of ${this.launches.length} launches` });
    let pipeline: GPUComputePipeline | null = null;
    for (const launch of this.launches) {
      if (launch.pipeline !== pipeline) {
        pipeline = launch.pipeline;
        pass.setPipeline(pipeline);
      }
      pass.setBindGroup(0, launch.bindGroup);
      pass.dispatchWorkgroups(launch.workgroups[0], launch.workgroups[1], launch.workgroups[2]);
    }
    pass.end();
  }

  /** Each run has a slot for floats and one for ints. */
  private encodeFetch(encoder: GPUCommandEncoder, readback: GPUBuffer, run: number): void {
    const { bytes } = this.plan.fetch;
    for (const [slot, kind] of (["fetchFloat", "fetchInt"] as const).entries()) {
      const buffer = this.bufferOf(kind);
      if (buffer) encoder.copyBufferToBuffer(buffer, 0, readback, (2 * run + slot) * bytes, bytes);
    }
  }

  private fetched(contents: ArrayBuffer, run: number): Fetched {
    const { bytes, entries } = this.plan.fetch;
    const read = ({ value, offset }: HostEntry) => {
      const isInt = value.type.dtype === "int";
      const start = (2 * run + (isInt ? 1 : 0)) * bytes + offset * 4;
      const count = elementCount(value.type.shape);
      return isInt
        ? new Int32Array(contents.slice(start, start + count * 4))
        : new Float32Array(contents.slice(start, start + count * 4));
    };
    return Object.fromEntries(entries.map((entry) => [entry.name, read(entry)]));
  }

  /** Puts the feeds of all runs into one buffer on the device, in order with earlier submissions. */
  private upload(feeds: readonly Feed[]): GPUBuffer {
    const { bytes, entries } = this.plan.feed;
    const data = new ArrayBuffer(bytes * feeds.length);
    feeds.forEach((feed, run) => {
      for (const { name, value, offset } of entries)
        writeHostData(data, run * bytes + offset * 4, feed[name], value.type.dtype);
    });
    if (!this.uploads || this.uploads.size < data.byteLength) {
      if (this.uploads) this.memory.destroy(this.uploads);
      this.uploads = this.memory.create(data.byteLength / 4, "feeds");
    }
    this.memory.device.queue.writeBuffer(this.uploads, 0, data);
    return this.uploads;
  }

  private bufferOf(kind: PlanBuffer["kind"]): GPUBuffer | null {
    const index = this.plan.buffers.findIndex((buffer) => buffer.kind === kind);
    return index < 0 ? null : this.buffers[index];
  }
}

function createBuffer(buffer: PlanBuffer, memory: DeviceMemory): GPUBuffer {
  return buffer.kind === "bound" ? (buffer.tensor as WebgpuTensor).buffer : memory.create(buffer.words, buffer.kind);
}

function packUniforms({ steps }: Plan): { data: ArrayBuffer; offsets: number[] } {
  const sizes = steps.map(({ params }) => Math.ceil(Math.max(params.length, 4) / 64) * uniformAlignment);
  const offsets: number[] = [];
  let total = 0;
  for (const size of sizes) {
    offsets.push(total);
    total += size;
  }
  const data = new ArrayBuffer(Math.max(total, uniformAlignment));
  steps.forEach(({ params }, i) => {
    new Uint32Array(data, offsets[i], params.length).set(params);
  });
  return { data, offsets };
}

/** Copies host data into device representation: float32, int32, or bytes packed four to a word. */
export function writeHostData(target: ArrayBuffer, offset: number, data: Feed[string], dtype: string): void {
  if (dtype === "byte") new Uint8Array(target, offset, data.length).set(data);
  else if (dtype === "int") new Int32Array(target, offset, data.length).set(data);
  else new Float32Array(target, offset, data.length).set(data);
}
