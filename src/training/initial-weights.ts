/** The initial weights that a spec names. */
import type { InitSpec } from "../architectures/initialization.ts";
import { openRandomStream } from "../data/random.ts";
import { initializeWeights } from "../models/initializers.ts";
import type { Model } from "../models/model.ts";
import type { FlatWeights } from "../models/weights.ts";

export const drawInitialWeights = (model: Model, init: InitSpec): FlatWeights =>
  initializeWeights(model, init, (tensor) => openRandomStream("initialization", init.seed, tensor));
