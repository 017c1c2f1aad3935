/** The initial weights that a spec names. */
import { openRandomStream } from "../data/random.ts";
import { type Initialization, initializeWeights } from "../models/initializers.ts";
import type { Model } from "../models/model.ts";
import type { FlatWeights } from "../models/weights.ts";

export const drawInitialWeights = (model: Model, init: Initialization & { readonly seed: number }): FlatWeights =>
  initializeWeights(model, init, (tensor) => openRandomStream("initialization", init.seed, tensor));
