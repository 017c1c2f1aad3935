/** Runs one lowering as a plan would, with every tensor at an odd place of a larger buffer, so that offsets are tested. */
import type { Lowering, StorageBinding } from "../../../../src/backends/webgpu/kernel.ts";

const lead = 8;
const tail = 8;
/** Whatever is read or left outside a tensor shows. */
const guard = 1e30;

export interface Launched {
  readonly result: Float32Array;
  /** Whether all floats around the result are as they were. */
  readonly isGuarded: boolean;
}

const pipelines = new WeakMap<GPUDevice, Map<string, Promise<GPUComputePipeline>>>();

/** Compiled pipelines, each once a device. */
function pipelineOf(device: GPUDevice, code: string): Promise<GPUComputePipeline> {
  const known = pipelines.get(device) ?? new Map<string, Promise<GPUComputePipeline>>();
  pipelines.set(device, known);
  const made =
    known.get(code) ??
    device.createComputePipelineAsync({
      layout: "auto",
      compute: { module: device.createShaderModule({ code }), entryPoint: "main" },
    });
  known.set(code, made);
  return made;
}

/** A lowering with its buffers: `encode` records its launches. */
export async function prepare(
  device: GPUDevice,
  lowering: Lowering,
  operands: readonly Float32Array[],
  resultLength: number,
) {
  const make = (length: number, data?: Float32Array): GPUBuffer => {
    const size = 4 * (lead + Math.ceil(length / 4) * 4 + tail);
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
    const buffer = device.createBuffer({ size, usage });
    const contents = new Float32Array(size / 4).fill(guard);
    if (data) contents.set(data, lead);
    device.queue.writeBuffer(buffer, 0, contents);
    return buffer;
  };
  const buffers = {
    operand: operands.map((operand) => make(operand.length, operand)),
    output: [make(resultLength)],
    scratch: lowering.scratch.map((length) => make(length)),
  };
  const bufferOf = ({ kind, index }: StorageBinding) => buffers[kind][index];
  const uniforms: GPUBuffer[] = [];
  const launches = await Promise.all(
    lowering.steps.map(async ({ code, storage, params, workgroups }) => {
      const pipeline = await pipelineOf(device, code);
      const values = new Uint32Array([...storage.map(() => lead), ...params]);
      const uniform = device.createBuffer({
        size: Math.ceil(values.byteLength / 16) * 16,
        usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
      });
      uniforms.push(uniform);
      device.queue.writeBuffer(uniform, 0, values);
      const group = device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: [uniform, ...storage.map(bufferOf)].map((buffer, binding) => ({ binding, resource: { buffer } })),
      });
      return { pipeline, group, workgroups };
    }),
  );
  return {
    output: buffers.output[0],
    encode(pass: GPUComputePassEncoder): void {
      for (const { pipeline, group, workgroups } of launches) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, group);
        pass.dispatchWorkgroups(...workgroups);
      }
    },
    dispose(): void {
      for (const buffer of [...buffers.operand, ...buffers.output, ...buffers.scratch, ...uniforms]) buffer.destroy();
    },
  };
}

/** Throws what the validation layer says, if anything. */
export async function launch(
  device: GPUDevice,
  lowering: Lowering,
  operands: readonly Float32Array[],
  resultLength: number,
): Promise<Launched> {
  device.pushErrorScope("validation");
  const prepared = await prepare(device, lowering, operands, resultLength);
  const readback = device.createBuffer({
    size: prepared.output.size,
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  prepared.encode(pass);
  pass.end();
  encoder.copyBufferToBuffer(prepared.output, 0, readback, 0, readback.size);
  device.queue.submit([encoder.finish()]);
  const error = await device.popErrorScope();
  if (error) throw new Error(`${lowering.variant}: ${error.message}`);
  await readback.mapAsync(GPUMapMode.READ);
  const all = new Float32Array(readback.getMappedRange().slice(0));
  readback.destroy();
  prepared.dispose();
  const around = [...all.subarray(0, lead), ...all.subarray(lead + resultLength)];
  return {
    result: all.slice(lead, lead + resultLength),
    isGuarded: around.every((value) => value === Math.fround(guard)),
  };
}
