/** Where on the page each setting stands, by its label: what the command palette leads to. */
import { fieldsOf } from "../../architectures/model-fields.ts";
import { hasRunningStatistics } from "../../architectures/specs.ts";
import { type StreamedName, streamedMeasurements, streamedNames } from "../stores/measurements/list.ts";
import type { PageId } from "../stores/settings/pages.ts";
import type { Settings } from "../stores/settings/settings.ts";
import type { SpectrumView } from "../stores/settings/spectrum-settings.ts";

export interface SettingPlace {
  readonly page: PageId;
  /** Title of the section of the panel. */
  readonly section: string;
  /** Title of the group within it that may be closed; null for a field that always shows. */
  readonly group: string | null;
  readonly label: string;
}

interface Group extends Omit<SettingPlace, "label"> {
  readonly labels: readonly string[];
}

/** The fields that these settings show, in the order of the pages. */
export const settingPlaces = (settings: Settings): readonly SettingPlace[] =>
  [...experimentGroups(settings), ...surfaceGroups(settings), ...spectrumGroups(settings)].flatMap(
    ({ labels, ...place }) => labels.map((label) => ({ ...place, label })),
  );

function experimentGroups({ spec: { model, init, data, training, recording } }: Settings): readonly Group[] {
  const experiment = { page: "landscape", section: "Experiment" } as const;
  const subset = (name: string, select: string) => [
    `${name} images`,
    `${name} selection`,
    ...(select === "first" ? [] : [`${name} subset seed`]),
  ];
  return [
    { ...experiment, group: null, labels: ["Preset"] },
    {
      ...experiment,
      group: "Model and initial weights",
      labels: [
        "Model",
        ...fieldsOf(model).map(({ words }) => words.label),
        "Initial weights",
        ...(init.scheme === "gaussian" ? ["Standard deviation σ"] : []),
        "Seed of the weights",
      ],
    },
    {
      ...experiment,
      group: "Data",
      labels: [
        "Images",
        ...subset("Training", data.train.select),
        ...subset("Test", data.test.select),
        "Crop and flip",
      ],
    },
    {
      ...experiment,
      group: "Optimiser and schedule",
      labels: [
        "Loss",
        "Label smoothing",
        "Loss",
        "Label smoothing",
        "Optimiser",
        "Learning rate",
        ...(training.optimizer === "sgd" ? ["Momentum", "Nesterov"] : ["β₁", "β₂"]),
        "Weight decay",
        "Batch size",
        "Epochs",
        "Schedule",
        ...(training.schedule === "step" ? ["Steps at, of training", "Rate × at each step"] : []),
        "Warm-up, epochs",
        "Seed of the order",
      ],
    },
    {
      ...experiment,
      group: null,
      labels: ["Record the path", ...(recording ? ["every n steps", "Memory limit, MB"] : [])],
    },
  ];
}

function surfaceGroups({ spec, surface }: Settings): readonly Group[] {
  const hasBatchNorm = hasRunningStatistics(spec.model);
  const { y } = surface;
  const range = (symbol: string) => [`Smallest ${symbol}`, `Largest ${symbol}`];
  return [
    {
      page: "landscape",
      section: "Surface",
      group: null,
      labels: [
        "Shape",
        "Kind of direction α",
        ...(y ? ["Kind of direction β"] : []),
        "Normalisation",
        hasBatchNorm ? "Biases, BatchNorm scale" : "Biases",
        ...(hasBatchNorm ? ["BatchNorm statistics"] : []),
        ...(y ? ["Orthogonalise"] : []),
        "Examples",
        ...range("α"),
        ...(y ? range("β") : []),
        y ? "Grid, points per side" : "Points on the line",
      ],
    },
    {
      page: "landscape",
      section: "Drawing",
      group: null,
      labels: [
        "Metric",
        "Scale of the values",
        "Clip below",
        "Clip above",
        "Vertical scale",
        "Colours",
        "Contours",
        "Colour by",
        "Quadratic model",
      ],
    },
  ];
}

const ofSpectrum = (section: string, labels: readonly string[], group: string | null = null): Group => ({
  page: "spectrum",
  section,
  group,
  labels,
});

const spectrumGroups = ({ spec, spectrum }: Settings): readonly Group[] => [
  ofSpectrum("Matrix", [
    "Operator",
    "Examples",
    ...(hasRunningStatistics(spec.model) ? ["BatchNorm statistics"] : []),
    "Parameters",
    "Scaled by filter norms",
    "Random seed",
  ]),
  ofSpectrum("Eigenpairs", ["Products at most", "Memory of the basis, MB"], "Limits"),
  ...streamedNames.map((name) => ofMeasurement(name, spectrum)),
];

const ofMeasurement = <Name extends StreamedName>(name: Name, spectrum: SpectrumView): Group => {
  const { title, labels } = streamedMeasurements[name].panel;
  return ofSpectrum(title, labels(spectrum[name]));
};
