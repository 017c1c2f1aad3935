/**
 * Times one lowering on a device, on buffers of its own. By the device's timestamps where it offers them, else by the
 * clock around a submission. Repetitions share a submission, since browsers round timestamps to a tenth of a
 * millisecond and a submission has a cost of its own.
 */
import type { Lowering, StorageBinding } from "./kernel.ts";
import { type KernelProblem, problemKey, problemSizes } from "./kernels/problem.ts";
import type { PipelineCache } from "./pipelines.ts";

/** A sample takes about this long. */
const sampleMs = 8;
const samples = 5;
const mostRepetitions = 200;

/** Median milliseconds of one execution, after a warm-up. Infinity where the buffers do not fit. */
export async function timeLowering(
  device: GPUDevice,
  pipelines: PipelineCache,
  problem: KernelProblem,
  lowering: Lowering,
): Promise<number> {
  device.pushErrorScope("out-of-memory");
  const launches = await prepare(device, pipelines, problem, lowering);
  try {
    if (await device.popErrorScope()) return Number.POSITIVE_INFINITY;
    await launches.run(1);
    const once = await launches.run(1);
    const repetitions = Math.min(mostRepetitions, Math.max(1, Math.round(sampleMs / Math.max(once, 0.01))));
    const times: number[] = [];
    for (let i = 0; i < samples; i++) times.push((await launches.run(repetitions)) / repetitions);
    return times.sort((a, b) => a - b)[samples >> 1];
  } finally {
    launches.dispose();
  }
}

async function prepare(device: GPUDevice, pipelines: PipelineCache, problem: KernelProblem, lowering: Lowering) {
  const sizes = problemSizes(problem);
  const made: GPUBuffer[] = [];
  const create = (bytes: number, usage: GPUBufferUsageFlags): GPUBuffer => {
    const buffer = device.createBuffer({ size: Math.ceil(bytes / 16) * 16, usage });
    made.push(buffer);
    return buffer;
  };
  const tensor = (elements: number) => create(4 * elements, GPUBufferUsage.STORAGE);
  const buffers = {
    operand: Array.from({ length: 2 * problem.pairs }, (_, i) => tensor(sizes.operands[i % 2])),
    output: [tensor(sizes.result)],
    scratch: lowering.scratch.map(tensor),
  };
  const bufferOf = ({ kind, index }: StorageBinding) => buffers[kind][index];
  const steps = await Promise.all(
    lowering.steps.map(async ({ code, storage, params, workgroups }) => {
      const pipeline = await pipelines.get(code, `${problemKey(problem)} ${lowering.variant}`);
      const values = new Uint32Array([...storage.map(() => 0), ...params]);
      const uniform = create(values.byteLength, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
      device.queue.writeBuffer(uniform, 0, values);
      const entries = [uniform, ...storage.map(bufferOf)].map((buffer, binding) => ({ binding, resource: { buffer } }));
      return {
        pipeline,
        group: device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }),
        workgroups,
      };
    }),
  );
  const clock = device.features.has("timestamp-query") ? new DeviceClock(device) : null;

  /** Milliseconds of `repetitions` executions in one submission. */
  async function run(repetitions: number): Promise<number> {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass({ timestampWrites: clock?.writes });
    for (let i = 0; i < repetitions; i++) {
      for (const { pipeline, group, workgroups } of steps) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, group);
        pass.dispatchWorkgroups(...workgroups);
      }
    }
    pass.end();
    clock?.resolve(encoder);
    const start = performance.now();
    device.queue.submit([encoder.finish()]);
    if (clock) return clock.read();
    await device.queue.onSubmittedWorkDone();
    return performance.now() - start;
  }

  function dispose(): void {
    for (const buffer of made) buffer.destroy();
    clock?.dispose();
  }
  return { run, dispose };
}

/** Timestamps at the beginning and end of a pass. */
class DeviceClock {
  readonly writes: GPUComputePassTimestampWrites;
  private readonly queries: GPUQuerySet;
  private readonly resolved: GPUBuffer;
  private readonly readback: GPUBuffer;

  constructor(device: GPUDevice) {
    this.queries = device.createQuerySet({ type: "timestamp", count: 2 });
    this.resolved = device.createBuffer({ size: 16, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
    this.readback = device.createBuffer({ size: 16, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
    this.writes = { querySet: this.queries, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 };
  }

  resolve(encoder: GPUCommandEncoder): void {
    encoder.resolveQuerySet(this.queries, 0, 2, this.resolved, 0);
    encoder.copyBufferToBuffer(this.resolved, 0, this.readback, 0, 16);
  }

  /** Milliseconds of the pass last resolved. */
  async read(): Promise<number> {
    await this.readback.mapAsync(GPUMapMode.READ);
    const [begin, end] = new BigUint64Array(this.readback.getMappedRange());
    const milliseconds = Number(end - begin) / 1e6;
    this.readback.unmap();
    return milliseconds;
  }

  dispose(): void {
    this.queries.destroy();
    this.resolved.destroy();
    this.readback.destroy();
  }
}
