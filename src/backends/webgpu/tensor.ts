/** A device tensor: one whole buffer. */
import type { TensorType } from "../../tensor/program.ts";
import type { DeviceTensor } from "../backend.ts";
import type { DeviceMemory } from "./device-memory.ts";

export class WebgpuTensor implements DeviceTensor {
  isDisposed = false;

  constructor(
    readonly type: TensorType,
    readonly label: string,
    readonly buffer: GPUBuffer,
    /** The device's that it lives on. */
    readonly memory: DeviceMemory,
  ) {}

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.memory.destroy(this.buffer);
  }
}
