/** Abbreviations of these tests. */
import type { HostArray } from "../../../src/backends/backend.ts";
import type { TensorType } from "../../../src/tensor/program.ts";

export const float = (...shape: number[]): TensorType => ({ dtype: "float", shape });
export const list = (data: HostArray): number[] => Array.from(data);
