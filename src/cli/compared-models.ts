/** Checkpoints that a command compares. */
import type { ComparedModel } from "../experiment/comparison.ts";
import type { Spec } from "../experiment/spec.ts";
import type { Weights } from "../experiment/weights.ts";
import { modelOf } from "../jobs/problem.ts";
import { describeModel } from "../models/state-dict.ts";
import { CliError } from "./cli-error.ts";
import { readCheckpoint } from "./inputs.ts";

/** The paths of `A,B,C`; of one comma-separated list or of several arguments. */
export const splitPaths = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => text.split(",")).filter((path) => path !== "");

/** Each with its own specification, or all with the one of `specPath`; named by their paths. */
export const readModels = (paths: readonly string[], specPath: string | undefined): Promise<ComparedModel[]> =>
  Promise.all(
    paths.map(async (path) => {
      const { spec, weights } = await readCheckpoint(path, specPath);
      return { label: path, spec, weights };
    }),
  );

export interface ModelPair {
  /** The specification of `from`, whose data are what is measured on. */
  readonly spec: Spec;
  readonly from: Weights;
  readonly to: Weights;
}

/** Two models of one shape. Throws CliError for others. */
export async function readPair(from: string, to: string, specPath: string | undefined): Promise<ModelPair> {
  const models = await readModels([from, to], specPath);
  checkOneShape(models);
  return { spec: models[0].spec, from: models[0].weights, to: models[1].weights };
}

/** Throws CliError unless all are of one shape. */
export function checkOneShape([first, ...others]: readonly ComparedModel[]): void {
  for (const other of others) {
    if (JSON.stringify(other.spec.model) === JSON.stringify(first.spec.model)) continue;
    const wordsFor = ({ label, spec }: ComparedModel) => `${label} is ${describeModel(modelOf(spec))}`;
    throw new CliError(
      `${wordsFor(first)}, ${wordsFor(other)}: there is nothing between weights of different models. ` +
        "Compare what they predict with distances.",
    );
  }
}
