/** Contents of tensors between the host's arrays and the heap. */
import { elementCount, type TensorType } from "../../../tensor/program.ts";
import type { HostArray } from "../../backend.ts";
import type { KernelModule } from "./kernel-module.ts";

const heapOf = (module: KernelModule, { dtype }: TensorType) => {
  if (dtype === "byte") return module.u8;
  return dtype === "int" ? module.i32 : module.f32;
};

export function copyIn(module: KernelModule, type: TensorType, data: HostArray, address: number): void {
  const heap = heapOf(module, type);
  heap.set(data, address / heap.BYTES_PER_ELEMENT);
}

export function copyOut(module: KernelModule, type: TensorType, address: number): HostArray {
  const heap = heapOf(module, type);
  const start = address / heap.BYTES_PER_ELEMENT;
  return heap.slice(start, start + elementCount(type.shape));
}
