/** What a run is called and coloured beside others. */

import type { Spec } from "../../experiment/spec.ts";
import type { RunRecord } from "../../experiment/storage/run-record.ts";
import { modelName } from "../figure/describe.ts";
import { formatTick } from "../figure/format.ts";

/** Told apart by readers of every colour vision (Okabe and Ito 2008), and on dark and light paper. */
export const runColours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"] as const;

export interface RunName {
  readonly title: string;
  /** Model, place in training. */
  readonly detail: string;
}

const schemes = {
  gaussian: "Gaussian",
  "he-normal": "He",
  "xavier-normal": "Xavier",
  orthogonal: "orthogonal",
} as const;

export function initialisationWords({ scheme, std, seed }: Spec["init"]): string {
  return `${schemes[scheme]}${std === undefined ? "" : ` σ ${formatTick(std)}`}, seed ${seed}`;
}

/** A run that nobody has named bears the time it was made; its initialisation says more. */
export function runName(record: RunRecord, label: string): RunName {
  const isNamed = record.name !== "" && record.name !== record.created;
  const { model, init } = record.spec;
  return isNamed
    ? { title: record.name, detail: `${modelName(model)}, ${initialisationWords(init)}, ${label}` }
    : { title: initialisationWords(init), detail: `${modelName(model)}, ${label}` };
}
