/**
 * What a library does to the GPU, whoever wrote it: launches, compute pipelines and bytes of buffers, counted by wrapping
 * WebGPU's own classes. A buffer belongs to whoever was being counted when it was made.
 */

export interface GpuTally {
  launches: number;
  pipelines: number;
  bytes: number;
  peakBytes: number;
}

export const createTally = (): GpuTally => ({ launches: 0, pipelines: 0, bytes: 0, peakBytes: 0 });

let counted: GpuTally | null = null;
const owners = new WeakMap<GPUBuffer, GpuTally>();

/** Counts what happens until `work` has settled. Only one at a time. */
export async function countInto<T>(tally: GpuTally, work: () => Promise<T>): Promise<T> {
  wrapWebgpu();
  counted = tally;
  try {
    return await work();
  } finally {
    counted = null;
  }
}

let isWrapped = false;

function wrapWebgpu(): void {
  if (isWrapped) return;
  isWrapped = true;
  const { createBuffer, createComputePipeline, createComputePipelineAsync } = GPUDevice.prototype;
  const { dispatchWorkgroups, dispatchWorkgroupsIndirect } = GPUComputePassEncoder.prototype;
  const { destroy } = GPUBuffer.prototype;
  const count = (key: "launches" | "pipelines") => {
    if (counted) counted[key]++;
  };
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    if (counted) {
      owners.set(buffer, counted);
      counted.bytes += buffer.size;
      counted.peakBytes = Math.max(counted.peakBytes, counted.bytes);
    }
    return buffer;
  };
  GPUBuffer.prototype.destroy = function () {
    const owner = owners.get(this);
    if (owner) owner.bytes -= this.size;
    owners.delete(this);
    return destroy.call(this);
  };
  GPUDevice.prototype.createComputePipeline = function (descriptor) {
    count("pipelines");
    return createComputePipeline.call(this, descriptor);
  };
  GPUDevice.prototype.createComputePipelineAsync = function (descriptor) {
    count("pipelines");
    return createComputePipelineAsync.call(this, descriptor);
  };
  GPUComputePassEncoder.prototype.dispatchWorkgroups = function (x, y, z) {
    count("launches");
    return dispatchWorkgroups.call(this, x, y ?? 1, z ?? 1);
  };
  GPUComputePassEncoder.prototype.dispatchWorkgroupsIndirect = function (buffer, offset) {
    count("launches");
    return dispatchWorkgroupsIndirect.call(this, buffer, offset);
  };
}
