/** A point of a training run on the host, without the spec that it belongs to. */
import type { Checkpoint } from "../experiment/checkpoint.ts";

export type TrainingState = Omit<Checkpoint, "spec">;
