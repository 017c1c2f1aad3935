/** Buffers of one device: counted, bounded, and read back without blocking. */
import { type BackendError, DeviceLostError, OutOfMemoryError, ProgramError } from "../backend.ts";
import type { AcquiredDevice } from "./device.ts";

export class DeviceMemory {
  readonly device: GPUDevice;
  readonly lost: Promise<DeviceLostError>;
  bytes = 0;
  peakBytes = 0;
  private failure: BackendError | null = null;
  private readonly idleReadbacks = new Map<number, GPUBuffer[]>();

  constructor(acquired: AcquiredDevice) {
    this.device = acquired.device;
    this.lost = acquired.lost.then(({ destroyed, message }) => {
      const reason = destroyed ? "the backend was disposed" : message || "no reason given";
      const error = new DeviceLostError(
        `The graphics device was lost (${reason}). Nothing on it can be read any more; go on from the last checkpoint.`,
      );
      this.failure ??= error;
      return error;
    });
    this.device.addEventListener("uncapturederror", ({ error }) => {
      const isMemory = error instanceof GPUOutOfMemoryError;
      this.failure ??= isMemory
        ? new OutOfMemoryError(`The graphics device is out of memory (${this.bytes} bytes in use): ${error.message}`)
        : new ProgramError(`The graphics device refused a command: ${error.message}`);
    });
  }

  /** Throws what has gone wrong on this device, if anything has. */
  check(): void {
    if (this.failure) throw this.failure;
  }

  /** A zeroed buffer. Throws OutOfMemoryError when it exceeds what the device allows. */
  create(words: number, label: string): GPUBuffer {
    this.check();
    const size = Math.max(4, words) * 4;
    const { maxBufferSize, maxStorageBufferBindingSize } = this.device.limits;
    const limit = Math.min(maxBufferSize, maxStorageBufferBindingSize);
    if (size > limit) throw new OutOfMemoryError(`${label} takes ${size} bytes; this device allows ${limit} a tensor`);
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    this.count(size);
    return this.device.createBuffer({ label, size, usage });
  }

  destroy(buffer: GPUBuffer): void {
    this.count(-buffer.size);
    buffer.destroy();
  }

  count(bytes: number): void {
    this.bytes += bytes;
    this.peakBytes = Math.max(this.peakBytes, this.bytes);
  }

  /** A buffer that the host can map once commands have copied into it. */
  takeReadback(size: number): GPUBuffer {
    const idle = this.idleReadbacks.get(size)?.pop();
    if (idle) return idle;
    this.count(size);
    return this.device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  }

  /** The contents of a readback buffer, which then is idle again. */
  async readBack(buffer: GPUBuffer): Promise<ArrayBuffer> {
    await this.orLost(buffer.mapAsync(GPUMapMode.READ));
    const contents = buffer.getMappedRange().slice(0);
    buffer.unmap();
    this.releaseReadback(buffer);
    this.check();
    return contents;
  }

  /** Waits for `promise`, or throws what has gone wrong on the device meanwhile. */
  async orLost<T>(promise: Promise<T>): Promise<T> {
    const lost = this.lost.then((error) => {
      throw error;
    });
    try {
      return await Promise.race([promise, lost]);
    } catch (error) {
      await Promise.race([this.lost, new Promise((resolve) => setTimeout(resolve, 50))]);
      this.check();
      throw error;
    }
  }

  /** Keeps one idle buffer a size; more would only hold memory. */
  private releaseReadback(buffer: GPUBuffer): void {
    const idle = this.idleReadbacks.get(buffer.size) ?? [];
    if (idle.length < 2 && buffer.size <= 1 << 20) {
      idle.push(buffer);
      this.idleReadbacks.set(buffer.size, idle);
    } else this.destroy(buffer);
  }
}
