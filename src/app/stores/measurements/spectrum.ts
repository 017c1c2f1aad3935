/** Eigenpairs from either end; its parts are the steps of the solve. */
import { z } from "zod";
import { type SolveStep, unpackSteps } from "../../../experiment/solve-history.ts";
import { numberField } from "../../../experiment/url/url-field.ts";
import { curvatureRequest, type MatrixView, solverOf } from "./matrix.ts";
import type { StreamedMeasurement } from "./measurement.ts";

const pairs = z.int().min(0).max(200);
const schema = z.strictObject({ top: pairs.default(10), bottom: pairs.default(2) }).prefault({});

/** Pairs wanted from the largest and from the smallest end. */
export type WantedPairs = z.infer<typeof schema>;

export const solveParams = ({ top, bottom }: WantedPairs, matrix: MatrixView) => ({
  request: curvatureRequest(matrix),
  top,
  bottom,
  ...solverOf(matrix),
});

export const spectrum: StreamedMeasurement<"spectrum", SolveStep, WantedPairs> = {
  label: "Find eigenpairs",
  name: "Eigenpairs",
  panel: {
    title: "Eigenpairs",
    labels: () => ["Top eigenpairs", "Bottom eigenpairs", "Tolerance, of |λ|max"],
  },
  schema,
  fields: [numberField("top", "spectrum.top"), numberField("bottom", "spectrum.bottom")],
  rules: [
    {
      fields: ["top", "bottom"],
      check: ({ top, bottom }) => (top + bottom > 0 ? null : "Give at least 1 for one of top and bottom."),
    },
  ],
  params: solveParams,
  problem({ top, bottom }, { dimension }) {
    if (top + bottom === 0) return "Ask for at least one pair.";
    return dimension !== null && top + bottom > dimension
      ? `There are ${dimension} parameters: ask for no more pairs than that.`
      : null;
  },
  partOf: (event) => (event.kind === "step" ? event : null),
  /** None of a spectrum from before solves recorded their steps. */
  partsOf: ({ history }) => (history ? unpackSteps(history) : []),
  hasAllParts: true,
};
