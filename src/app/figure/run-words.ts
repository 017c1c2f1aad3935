/** What a run is called and coloured beside others. */
import type { InitScheme } from "../../architectures/initialization.ts";
import { modelTitle } from "../../architectures/specs.ts";
import type { RunColour } from "../../experiment/run-labels.ts";
import type { Spec } from "../../experiment/spec.ts";
import type { RunRecord } from "../../experiment/storage/run-record.ts";
import { formatDate, formatTick } from "../kit/format.ts";

/** Told apart by readers of every colour vision (Okabe and Ito 2008), and on dark and light paper. */
const palette = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"] as const;

/** What the names of runs' colours look like. */
export const givenColours: Readonly<Record<RunColour, string>> = {
  red: "#d1495b",
  orange: "#d55e00",
  yellow: "#d9a400",
  green: "#4c9a2a",
  teal: "#009e9e",
  blue: "#2f7fc9",
  violet: "#8f62c9",
  grey: "#7d868b",
};

/** One colour a run, no two alike: its own where it was given one that none before it has. At most six runs. */
export function coloursOf(records: readonly Pick<RunRecord, "colour">[]): string[] {
  const taken = new Set<string>();
  const own = records.map(({ colour }) => {
    const given = colour && givenColours[colour];
    if (!given || taken.has(given)) return null;
    taken.add(given);
    return given;
  });
  const free = palette.filter((colour) => !taken.has(colour));
  return own.map((colour) => colour ?? free.shift() ?? palette[0]);
}

export interface RunName {
  readonly title: string;
  /** What the title does not say: model, initialisation, place in training. */
  readonly detail: string;
}

const schemes: Readonly<Record<InitScheme, string>> = {
  gaussian: "Gaussian",
  "he-normal": "He",
  "he-normal-fan-out": "He by outputs",
  "xavier-normal": "Xavier",
  orthogonal: "orthogonal",
  pytorch: "PyTorch's weights",
  li: "weights as Li's",
  pyhessian: "weights as PyHessian's",
  akamaster: "weights as akamaster's",
  "wide-resnet-code": "weights as WideResNet-pytorch's",
  fixup: "Fixup",
};

export function initialisationWords({ scheme, std, seed }: Spec["init"]): string {
  return `${schemes[scheme]}${std === undefined ? "" : ` σ ${formatTick(std)}`}, seed ${seed}`;
}

type Named = Pick<RunRecord, "name" | "created" | "spec">;

/** A run that nobody has named bears the time it was made, or nothing. */
export const isNamed = ({ name, created }: Pick<Named, "name" | "created">): boolean => name !== "" && name !== created;

/** What a run is called on every page; one that nobody has named by its model, its seed and the time it was made. */
export function runTitle(record: Named): string {
  if (isNamed(record)) return record.name;
  const { model, init } = record.spec;
  return `${modelTitle(model)}, seed ${init.seed}, ${formatDate(Date.parse(record.created))}`;
}

export function runName(record: Named, label: string): RunName {
  const { model, init } = record.spec;
  const ofName = isNamed(record) ? [modelTitle(model)] : [];
  return { title: runTitle(record), detail: [...ofName, initialisationWords(init), label].join(", ") };
}
