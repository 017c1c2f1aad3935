/** The order in which training sees its examples. Any epoch's order can be had directly, so that a run can resume. */
import { range, shuffle } from "./permutation.ts";
import { openRandomStream } from "./random.ts";

/** A permutation of 0 … count − 1 for one epoch (from 0) of a run with this seed. */
export const epochOrder = (count: number, seed: number, epoch: number): Int32Array =>
  shuffle(range(count), openRandomStream("epochOrder", seed, epoch));
