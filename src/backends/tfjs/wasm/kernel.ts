/** What is not a loop: an operation of its own, prepared once for fixed addresses and then repeated. */
import type { PrimitiveName, ValueOf } from "../../../tensor/primitives/index.ts";
import type { KernelModule } from "./kernel-module.ts";

/** Counts the writes to the tensor that holds an operand; null for a temporary, whose contents are new in every run. */
export type Version = (() => number) | null;

export interface KernelSite {
  readonly module: KernelModule;
  /** Whether code may use vector instructions. */
  readonly simd: boolean;
  /** Byte addresses. */
  readonly operands: readonly number[];
  readonly versions: readonly Version[];
  readonly result: number;
  readonly scratch: number;
  /** Registers what is to be released with the executable, and how many bytes it keeps between runs. */
  onDispose(release: () => void, keptBytes?: number): void;
}

export interface Kernel {
  readonly scratchBytes: number;
  /** What repeats the operation, for operands and result at fixed places. */
  prepare(site: KernelSite): () => void;
}

export type CreateKernel<Name extends PrimitiveName> = (value: ValueOf<Name>) => Kernel;

/** A kernel that needs no room of its own. */
export const inPlace = (prepare: Kernel["prepare"]): Kernel => ({ scratchBytes: 0, prepare });
