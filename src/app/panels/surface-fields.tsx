/** What surface is asked for: directions, their treatment, examples, grid. */
import { SegmentedControl } from "@mantine/core";
import { useStore } from "zustand";
import { hasRunningStatistics } from "../../architectures/specs.ts";
import { usualTreatment } from "../../experiment/direction-treatment.ts";
import type { GridAxis } from "../../experiment/grid.ts";
import { numberRange } from "../../experiment/number-range.ts";
import { type SurfaceView, surfaceViewSchema, type ViewDirection } from "../../experiment/surface-view.ts";
import { useSession } from "../context/session.ts";
import { useSpectrum } from "../context/spectrum.ts";
import { isVariant } from "../figure/treatment-words.ts";
import { FieldList } from "../kit/field-list.tsx";
import { ChoiceField, SwitchField } from "../kit/fields.tsx";
import { InlineAction } from "../kit/inline-action.tsx";
import { Note } from "../kit/note.tsx";
import { NumberField, NumberInput, PairField } from "../kit/number-input.tsx";
import { Sym } from "../kit/symbol.tsx";
import { chooseDirections } from "../stores/choose-directions.ts";
import { eigenRanges } from "../stores/eigen-plane.ts";
import type { History } from "../stores/settings/history.ts";
import { type Settings, sameSurface } from "../stores/settings/settings.ts";
import { DirectionField } from "./direction-field.tsx";

export function SurfaceFields() {
  const { settings } = useSession();
  const { spectrum } = useSpectrum().measurements;
  const wanted = useStore(settings, (state) => state.current.surface);
  const hasBatchNorm = useStore(settings, ({ current: { spec } }) => hasRunningStatistics(spec.model));
  const set = settings.getState().setSurface;
  const choose = (change: Partial<Pick<SurfaceView, "x" | "y">>) => {
    const chosen = chooseDirections(wanted, change);
    const { result, source } = spectrum.getState();
    const isSolved = chosen !== change && result && source;
    set({ ...chosen, ...(isSolved && eigenRanges(result, { ...wanted, ...chosen }, source.weights.theta)) });
  };
  return (
    <FieldList>
      <SegmentedControl
        fullWidth
        aria-label="Shape"
        value={wanted.y ? "surface" : "line"}
        data={[
          { value: "surface", label: "Surface" },
          { value: "line", label: "Line" },
        ]}
        onChange={(shape) => choose({ y: shape === "line" ? null : lastBeta(settings.getState().history) })}
      />
      <SurfaceViewFields wanted={wanted} hasBatchNorm={hasBatchNorm} set={set} choose={choose} allowsPath />
      <EigenRangeNote wanted={wanted} set={set} />
    </FieldList>
  );
}

export interface SurfaceViewFieldsProps {
  readonly wanted: SurfaceView;
  readonly hasBatchNorm: boolean;
  readonly set: (change: Partial<SurfaceView>) => void;
  /** Takes other directions, with what is usual for them. */
  readonly choose: (change: Partial<Pick<SurfaceView, "x" | "y">>) => void;
  /** Whether directions may be those of a run's path. */
  readonly allowsPath?: boolean;
}

/** The settings of a surface or line, whoever keeps them. */
export function SurfaceViewFields({ wanted, hasBatchNorm, set, choose, allowsPath = false }: SurfaceViewFieldsProps) {
  const y = wanted.y;
  const isMixed = usualTreatment(wanted).normalization === "by-kind";
  const byKind = [{ value: "by-kind", label: "by kind of direction" }] as const;
  return (
    <>
      <DirectionField symbol="α" direction={wanted.x} onChange={(x) => choose({ x })} allowsPath={allowsPath} />
      {y && (
        <DirectionField symbol="β" direction={y} onChange={(next) => choose({ y: next })} allowsPath={allowsPath} />
      )}
      <VariantNote wanted={wanted} set={set} />
      <ChoiceField
        label="Normalisation"
        value={wanted.normalization}
        options={[
          ...(isMixed || wanted.normalization === "by-kind" ? byKind : []),
          { value: "filter", label: "by filter" },
          { value: "layer", label: "by layer" },
          { value: "weight", label: "by weight" },
          { value: "model", label: "whole vector" },
          { value: "none", label: "none" },
        ]}
        onChange={(normalization) => set({ normalization })}
      />
      <ChoiceField
        label={hasBatchNorm ? "Biases, BatchNorm scale" : "Biases"}
        value={wanted.biases}
        options={[
          ...(isMixed || wanted.biases === "by-kind" ? byKind : []),
          { value: "ignore", label: "excluded" },
          { value: "include", label: "included" },
        ]}
        onChange={(biases) => set({ biases })}
      />
      {hasBatchNorm && (
        <ChoiceField
          label="BatchNorm statistics"
          value={wanted.batchNorm}
          options={[
            { value: "frozen", label: "frozen" },
            { value: "batch", label: "of each batch" },
            { value: "reestimated", label: "re-estimated" },
          ]}
          onChange={(batchNorm) => set({ batchNorm })}
        />
      )}
      {y && (
        <SwitchField
          label="Orthogonalise"
          checked={wanted.orthogonalize}
          onChange={(orthogonalize) => set({ orthogonalize })}
        />
      )}
      <ChoiceField
        label="Examples"
        value={wanted.subset}
        options={[
          { value: "train", label: "training set" },
          { value: "test", label: "test set" },
        ]}
        onChange={(subset) => set({ subset })}
      />
      <AxisField symbol="α" range={wanted.alpha} onChange={(alpha) => set({ alpha })} />
      {y && <AxisField symbol="β" range={wanted.beta} onChange={(beta) => set({ beta })} />}
      <NumberField
        label={y ? "Grid, points per side" : "Points on the line"}
        value={wanted.alpha.count}
        range={{ ...numberRange(surfaceViewSchema, "alpha.count"), minimum: fewestPoints }}
        step={2}
        onChange={(count) => set({ alpha: { ...wanted.alpha, count }, beta: { ...wanted.beta, count } })}
      />
    </>
  );
}

type NoteProps = Pick<SurfaceViewFieldsProps, "wanted" | "set">;

function VariantNote({ wanted, set }: NoteProps) {
  if (!isVariant(wanted)) return null;
  return (
    <Note isUnderField>
      Scaled or without biases, a computed direction is a variant of itself: the curvature along it is not its λ, and a
      path’s plane does not hold the path.{" "}
      <InlineAction onClick={() => set(usualTreatment(wanted))}>Draw it as it is</InlineAction>
    </Note>
  );
}

/** Offers the range that the current eigenvalues ask for. */
function EigenRangeNote({ wanted, set }: NoteProps) {
  const { spectrum } = useSpectrum().measurements;
  const { result, source } = useStore(spectrum);
  if (!result || !source) return null;
  const ranges = eigenRanges(result, wanted, source.weights.theta);
  const isThere = Object.keys(ranges).length === 0 || sameSurface(wanted, { ...wanted, ...ranges });
  if (isThere || isVariant(wanted)) return null;
  return (
    <Note isUnderField>
      <InlineAction onClick={() => set(ranges)}>Fit the range to λ</InlineAction>: ±√(2 ΔL/|λ|), where the loss has bent
      by ΔL = 1 nat.
    </Note>
  );
}

const coordinates = numberRange(surfaceViewSchema, "alpha.min");
/** Fewer along an axis show no shape. */
const fewestPoints = 3;

interface AxisFieldProps {
  readonly symbol: string;
  readonly range: GridAxis;
  readonly onChange: (range: GridAxis) => void;
}

function AxisField({ symbol, range, onChange }: AxisFieldProps) {
  const set = (part: { min?: number; max?: number }) => onChange({ ...range, ...part });
  return (
    <PairField
      label={
        <>
          <Sym>{symbol}</Sym> from, to
        </>
      }
    >
      <NumberInput
        name={`Smallest ${symbol}`}
        value={range.min}
        range={{ ...coordinates, maximum: undefined, exclusiveMaximum: range.max }}
        step={0.25}
        onChange={(min) => set({ min })}
      />
      <NumberInput
        name={`Largest ${symbol}`}
        value={range.max}
        range={{ ...coordinates, minimum: undefined, exclusiveMinimum: range.min }}
        step={0.25}
        onChange={(max) => set({ max })}
      />
    </PairField>
  );
}

/** A line forgets the second direction; going back to a surface takes the one it had. */
function lastBeta({ past }: History<Settings>): ViewDirection {
  return past.findLast(({ surface }) => surface.y !== null)?.surface.y ?? { kind: "random", seed: 2 };
}
