/** How a figure's directions were treated, in words, and what is known of the loss along them as a check. */
import { type DirectionTreatment, isAsItIs, treatmentOf } from "../../experiment/direction-treatment.ts";
import type { SurfaceReport } from "../../experiment/surface.ts";
import type { SurfaceView, ViewDirection } from "../../experiment/surface-view.ts";
import { formatValue } from "../kit/format.ts";
import { pairName } from "./pair-name.ts";

const normalizationNames: Readonly<Record<DirectionTreatment["normalization"], string>> = {
  filter: "filter-normalised",
  layer: "layer-normalised",
  weight: "weight-normalised",
  model: "model-normalised",
  none: "not normalised",
};

type Plane = Pick<SurfaceView, "x" | "y" | "normalization" | "biases">;

/** "filter-normalised; biases zero in them", or each of the two where they are not treated alike. */
export function treatmentWords(plane: Plane, hasBatchNorm: boolean): string {
  const { x, y } = plane;
  const parameters = `biases${hasBatchNorm ? " and BatchNorm parameters" : ""}`;
  const words = (direction: ViewDirection, them: string) => {
    const { normalization, biases } = treatmentOf(direction.kind, plane);
    const place = biases === "ignore" ? "zero" : "included";
    return `${variantWords(direction, plane)}${normalizationNames[normalization]}; ${parameters} ${place} in ${them}`;
  };
  if (!y) return words(x, "it");
  const isOne = words(x, "it") === words(y, "it");
  return isOne ? words(x, "them") : `the first ${words(x, "it")}; the second ${words(y, "it")}`;
}

/** A computed direction that is scaled, or has no biases, is another one than its name says. */
const variantWords = ({ kind }: ViewDirection, plane: Plane) =>
  kind === "random" || isAsItIs(kind, plane) ? "" : "as a variant ";

/** Whether the settings draw a direction that was computed as another than it is. */
export const isVariant = (plane: Plane): boolean =>
  [plane.x, plane.y].some((direction) => direction !== null && variantWords(direction, plane) !== "");

export interface KnownCurvature {
  readonly axis: "α" | "β";
  /** "λ₁", or "λ₋₁" from the smallest. */
  readonly name: string;
  readonly eigenvalue: number;
}

/** Eigenvectors of the surface's own Hessian that are drawn as they are: the loss bends along them by their eigenvalue. */
export function knownCurvatures(
  plane: Plane & Pick<SurfaceView, "orthogonalize">,
  report: Pick<SurfaceReport, "eigenvalues"> | null,
): readonly KnownCurvature[] {
  return [plane.x, plane.y].flatMap((direction, place) => {
    const eigenvalue = report?.eigenvalues?.[place] ?? null;
    const isUnchanged = place === 0 || !plane.orthogonalize;
    if (direction?.kind !== "eigen" || eigenvalue === null || !isAsItIs("eigen", plane) || !isUnchanged) return [];
    return [{ axis: place === 0 ? "α" : "β", name: pairName(direction.index), eigenvalue } as const];
  });
}

/** The check that a reader can make of the picture: the curvature at its centre. Empty where nothing is known. */
export function curvatureWords(
  plane: Plane & Pick<SurfaceView, "orthogonalize">,
  report: SurfaceReport | null,
): string {
  const known = knownCurvatures(plane, report);
  if (known.length === 0) return "";
  const along = known.map(({ axis, name, eigenvalue }) => `along ${axis} ${name} = ${formatValue(eigenvalue, 4)}`);
  return `‖v‖ = 1, so the loss has curvature ${along.join(" and ")} at the centre.`;
}
