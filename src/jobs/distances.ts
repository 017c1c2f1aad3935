/** Distances between models in the space of weights and in that of functions. */
import { ComparisonError } from "../comparison/comparison-error.ts";
import { LogitsEvaluator } from "../comparison/logits.ts";
import { matchWeights } from "../comparison/match-weights.ts";
import { type Pair, pairMatrix, pairsOf, setBoth } from "../comparison/pairs.ts";
import { difference, distance } from "../comparison/parameter-distances.ts";
import { permuteWeights } from "../comparison/permute-weights.ts";
import { disagreement, meanDivergence } from "../comparison/prediction-distances.ts";
import { uploadImages } from "../execution/device-images.ts";
import type { ComparedModel, IncomparablePair } from "../experiment/comparison.ts";
import { cosine, norm } from "../landscape/vectors.ts";
import type { Model } from "../models/model.ts";
import { describeModel } from "../models/state-dict.ts";
import type { FlatWeights } from "../models/weights.ts";
import { drawInitialWeights } from "../training/initial-weights.ts";
import type { DistancesParams } from "./comparison-jobs.ts";
import type { JobContext, JobHandlers } from "./job-context.ts";
import { checkWeights, microBatchesOn, modelOf, pixelNormalizationOf } from "./problem.ts";

interface Subject extends ComparedModel {
  readonly model: Model;
  readonly initial: FlatWeights;
}

export const distances: JobHandlers["distances"] = async (params, context) => {
  const startedMs = performance.now();
  const { data, subset, matched } = params;
  const subjects = params.models.map(subjectOf);
  if (subjects.length < 2) throw new ComparisonError("Distances are between models. Give at least two.");
  const n = subjects.length;
  const pairs = pairsOf(n);
  const comparable = pairs.filter(({ i, j }) => haveOneShape(subjects[i].model, subjects[j].model));
  const total = n + (matched ? comparable.length : 0);
  let done = 0;
  const step = (detail: string) => context.emit({ kind: "progress", done: done++, total, detail });

  const [near, aligned] = [pairMatrix(n, 0), pairMatrix(n, 1)];
  for (const pair of comparable) {
    const [a, b] = [subjects[pair.i], subjects[pair.j]];
    setBoth(near, n, pair, distance(a.weights.theta, b.weights.theta));
    setBoth(aligned, n, pair, cosine(displacement(a), displacement(b)));
  }
  const functions = await compareFunctions(subjects, pairs, params, context, step);
  const matching = matched ? await compareMatched(subjects, comparable, params, context, step) : null;
  return {
    labels: subjects.map(({ label }) => label),
    norms: Float64Array.from(subjects, ({ weights }) => norm(weights.theta)),
    fromInitialization: Float64Array.from(subjects, ({ weights, initial }) => distance(weights.theta, initial.theta)),
    distance: near,
    cosine: aligned,
    matchedDistance: matching?.distance ?? null,
    matchedCosine: matching?.cosine ?? null,
    disagreement: functions.disagreement,
    divergence: functions.divergence,
    incomparable: pairs.flatMap((pair) => reasonsAgainst(subjects, pair)),
    report: {
      data,
      subset,
      examples: functions.examples,
      backend: functions.backend,
      elapsedMs: performance.now() - startedMs,
    },
  };
};

function subjectOf(compared: ComparedModel): Subject {
  const model = modelOf(compared.spec);
  try {
    checkWeights(model, compared.weights);
  } catch (error) {
    if (error instanceof Error) error.message = `${compared.label}: ${error.message}`;
    throw error;
  }
  return { ...compared, model, initial: drawInitialWeights(model, compared.spec.init) };
}

const displacement = ({ weights, initial }: Subject): Float32Array => difference(weights.theta, initial.theta);

const haveOneShape = (a: Model, b: Model): boolean =>
  JSON.stringify([a.layout, a.stateLayout]) === JSON.stringify([b.layout, b.stateLayout]);

function reasonsAgainst(subjects: readonly Subject[], { i, j }: Pair): IncomparablePair[] {
  const [a, b] = [subjects[i], subjects[j]];
  const names = `${a.label} is ${describeModel(a.model)}, ${b.label} is ${describeModel(b.model)}`;
  const reasons: IncomparablePair[] = [];
  if (!haveOneShape(a.model, b.model))
    reasons.push({ pair: [i, j], what: "weights", why: `${names}: their weights are vectors of different spaces.` });
  if (a.model.spec.classes !== b.model.spec.classes)
    reasons.push({ pair: [i, j], what: "predictions", why: `${names}: they predict different classes.` });
  return reasons;
}

type Step = (detail: string) => Promise<void>;

async function compareFunctions(
  subjects: readonly Subject[],
  pairs: readonly Pair[],
  { data, subset, backend: choice }: DistancesParams,
  { workbench, signal }: JobContext<"distances">,
  step: Step,
) {
  const { backend } = await workbench.backend(choice);
  const set = (await workbench.images(data))[subset];
  signal.throwIfAborted();
  const images = uploadImages(backend, set, pixelNormalizationOf({ data }), subset);
  const evaluators = new Map<string, LogitsEvaluator>();
  const window = workbench.window();
  const n = subjects.length;
  const [differing, divergence] = [pairMatrix(n, 0), pairMatrix(n, 0)];
  try {
    const logits: Float64Array[] = [];
    for (const { label, model, weights } of subjects) {
      await step(`predictions of ${label}`);
      const key = JSON.stringify(model.spec);
      const evaluator =
        evaluators.get(key) ??
        (await LogitsEvaluator.create(backend, model, images, microBatchesOn(backend, set.count)));
      evaluators.set(key, evaluator);
      logits.push(await evaluator.evaluate(weights, window, signal));
    }
    for (const pair of pairs) {
      const { i, j } = pair;
      const { classes } = subjects[i].model.spec;
      if (classes !== subjects[j].model.spec.classes) continue;
      setBoth(differing, n, pair, disagreement(logits[i], logits[j], classes));
      divergence[i * n + j] = meanDivergence(logits[i], logits[j], classes);
      divergence[j * n + i] = meanDivergence(logits[j], logits[i], classes);
    }
  } finally {
    for (const evaluator of evaluators.values()) evaluator.dispose();
    images.dispose();
  }
  return { disagreement: differing, divergence, examples: set.count, backend: backend.description };
}

async function compareMatched(
  subjects: readonly Subject[],
  pairs: readonly Pair[],
  { seed, backend: choice }: DistancesParams,
  { workbench, signal }: JobContext<"distances">,
  step: Step,
) {
  const n = subjects.length;
  const { backend } = await workbench.backend(choice);
  const found = { distance: pairMatrix(n, 0), cosine: pairMatrix(n, 1) };
  for (const pair of pairs) {
    const [a, b] = [subjects[pair.i], subjects[pair.j]];
    await step(`matching ${b.label} to ${a.label}`);
    const { permutations, weights } = await matchWeights(backend, a.model, a.weights, b.weights, { seed, signal });
    const initial = permuteWeights(b.model, b.initial, permutations);
    setBoth(found.distance, n, pair, distance(a.weights.theta, weights.theta));
    setBoth(found.cosine, n, pair, cosine(displacement(a), difference(weights.theta, initial.theta)));
  }
  return found;
}
