/**
 * One instance of tfjs's compiled kernels with a heap of its own, without tfjs's JavaScript: nothing is shared between
 * instances, so that every backend and every worker has one to itself. Single-threaded. Of the kernels only the matrix
 * product (XNNPACK) is called; its signature is that of tfjs 4.22's src/cc/kernels/BatchMatMul.cc.
 */
import { BackendError, BackendUnavailableError, OutOfMemoryError } from "../../backend.ts";

/** What the module exports, as far as it is used. Addresses are byte offsets in the heap, as signed 32-bit integers. */
interface KernelExports {
  readonly memory: WebAssembly.Memory;
  __wasm_call_ctors(): void;
  init_with_threads_count(count: number): void;
  malloc(bytes: number): number;
  free(address: number): void;
  register_tensor(id: number, elements: number, address: number): void;
  /** Forgets a tensor and frees what kernels have packed of it. */
  dispose_data(id: number): void;
  BatchMatMul(
    a: number,
    aShape: number,
    aRank: number,
    b: number,
    bShape: number,
    bRank: number,
    transposeA: number,
    transposeB: number,
    out: number,
  ): void;
}

const pageBytes = 65536;
const maxHeapBytes = 4 * 1024 ** 3 - pageBytes;
/** XNNPACK and vector loops may read this far past the end of a tensor. */
const slackBytes = 64;

export class KernelModule {
  readonly exports: KernelExports;
  #views: { buffer: ArrayBuffer; f32: Float32Array; f64: Float64Array; i32: Int32Array; u8: Uint8Array };
  #nextId = 1;

  private constructor(exports: KernelExports) {
    this.exports = exports;
    this.#views = viewsOf(exports.memory.buffer);
    exports.__wasm_call_ctors();
    exports.init_with_threads_count(1);
  }

  /** Throws BackendUnavailableError when the bytes are no such module. */
  static async instantiate(bytes: BufferSource): Promise<KernelModule> {
    try {
      const memory: { current?: WebAssembly.Memory } = {};
      const { instance } = await WebAssembly.instantiate(bytes, systemInterface(memory));
      const exports = instance.exports as unknown as KernelExports;
      memory.current = exports.memory;
      return new KernelModule(exports);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new BackendUnavailableError(`WebAssembly did not take tfjs's kernels: ${reason}`);
    }
  }

  /** The whole heap as numbers. Not to be kept across calls: growth of the heap makes new views. */
  get f32(): Float32Array {
    return this.#current().f32;
  }
  get f64(): Float64Array {
    return this.#current().f64;
  }
  get i32(): Int32Array {
    return this.#current().i32;
  }
  get u8(): Uint8Array {
    return this.#current().u8;
  }

  /** Address of `bytes` of heap, a multiple of 64. Throws OutOfMemoryError. */
  allocate(bytes: number, label: string): Allocation {
    const base = bytes < maxHeapBytes ? this.exports.malloc(bytes + 2 * slackBytes) >>> 0 : 0;
    if (base === 0) {
      throw new OutOfMemoryError(`${label} needs ${Math.ceil(bytes / 1e6)} MB, which the WebAssembly heap has not got`);
    }
    const address = Math.ceil(base / slackBytes) * slackBytes;
    let freed = false;
    return {
      address,
      free: () => {
        if (!freed) this.exports.free(base);
        freed = true;
      },
    };
  }

  /** An identity under which kernels may be given tensors. */
  newTensorId(): number {
    return this.#nextId++;
  }

  #current() {
    if (this.#views.buffer !== this.exports.memory.buffer) this.#views = viewsOf(this.exports.memory.buffer);
    return this.#views;
  }
}

export interface Allocation {
  readonly address: number;
  free(): void;
}

const viewsOf = (buffer: ArrayBuffer) => ({
  buffer,
  f32: new Float32Array(buffer),
  f64: new Float64Array(buffer),
  i32: new Int32Array(buffer),
  u8: new Uint8Array(buffer),
});

/** The few functions of an operating system that Emscripten's output imports: memory growth, and complaints. */
function systemInterface(memory: { current?: WebAssembly.Memory }): WebAssembly.Imports {
  const heap = () => {
    if (!memory.current) throw new Error("the heap is used before it exists");
    return memory.current;
  };
  return {
    env: {
      abort() {
        throw new OutOfMemoryError("a tfjs kernel gave up, most likely for want of memory");
      },
      emscripten_memcpy_big(target: number, source: number, bytes: number) {
        new Uint8Array(heap().buffer).copyWithin(target >>> 0, source >>> 0, (source >>> 0) + (bytes >>> 0));
        return target;
      },
      emscripten_get_heap_max: () => maxHeapBytes,
      emscripten_resize_heap(bytes: number) {
        const current = heap().buffer.byteLength;
        const wanted = Math.min(maxHeapBytes, Math.max(bytes >>> 0, current + current / 8));
        try {
          heap().grow(Math.ceil((wanted - current) / pageBytes));
          return 1;
        } catch {
          return 0;
        }
      },
    },
    wasi_snapshot_preview1: {
      fd_close: () => 0,
      fd_seek: () => 0,
      /** Kernels print when XNNPACK refuses something, and go on without a result: that must not pass for one. */
      fd_write(_file: number, parts: number, count: number) {
        const table = new Uint32Array(heap().buffer, parts >>> 0, 2 * count);
        const pieces = Array.from({ length: count }, (_, i) =>
          new TextDecoder().decode(new Uint8Array(heap().buffer, table[2 * i], table[2 * i + 1])),
        );
        throw new BackendError(`a tfjs kernel failed: ${pieces.join("").trim()}`);
      },
    },
  };
}
