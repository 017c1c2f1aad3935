/** What surface is asked for: directions, their treatment, examples, grid. */

import { SegmentedControl } from "@mantine/core";
import { useStore } from "zustand";
import { hasRunningStatistics } from "../../architectures/specs.ts";
import type { GridAxis } from "../../experiment/surface.ts";
import type { SurfaceView, ViewDirection } from "../../experiment/surface-view.ts";
import { useStores } from "../app-stores.ts";
import { BareNumber, ChoiceField, NumberField, SwitchField } from "../kit/fields.tsx";
import { Field } from "../kit/section.tsx";
import { Sym } from "../kit/symbol.tsx";
import type { History } from "../stores/settings/history.ts";
import type { Settings } from "../stores/settings/settings.ts";
import { DirectionField } from "./direction-field.tsx";

export function SurfaceFields() {
  const { settings } = useStores();
  const wanted = useStore(settings, (state) => state.current.surface);
  const hasBatchNorm = useStore(settings, ({ current: { spec } }) => hasRunningStatistics(spec.model));
  const set = settings.getState().setSurface;
  return (
    <div className="fields">
      <SegmentedControl
        fullWidth
        aria-label="Shape"
        value={wanted.y ? "surface" : "line"}
        data={[
          { value: "surface", label: "Surface" },
          { value: "line", label: "Line" },
        ]}
        onChange={(shape) => set({ y: shape === "line" ? null : lastBeta(settings.getState().history) })}
      />
      <SurfaceViewFields wanted={wanted} hasBatchNorm={hasBatchNorm} set={set} allowsPath />
    </div>
  );
}

export interface SurfaceViewFieldsProps {
  readonly wanted: SurfaceView;
  readonly hasBatchNorm: boolean;
  readonly set: (change: Partial<SurfaceView>) => void;
  /** Whether directions may be those of a run's path. */
  readonly allowsPath?: boolean;
}

/** The settings of a surface or line, whoever keeps them. */
export function SurfaceViewFields({ wanted, hasBatchNorm, set, allowsPath = false }: SurfaceViewFieldsProps) {
  const y = wanted.y;
  return (
    <>
      <DirectionField symbol="α" direction={wanted.x} onChange={(x) => set({ x })} allowsPath={allowsPath} />
      {y && <DirectionField symbol="β" direction={y} onChange={(next) => set({ y: next })} allowsPath={allowsPath} />}
      <PathNormalisationNote wanted={wanted} />
      <ChoiceField
        label="Normalised"
        value={wanted.normalization}
        options={[
          { value: "filter", label: "by filter" },
          { value: "layer", label: "by layer" },
          { value: "weight", label: "by weight" },
          { value: "model", label: "as a whole" },
          { value: "none", label: "not" },
        ]}
        onChange={(normalization) => set({ normalization })}
      />
      <ChoiceField
        label={hasBatchNorm ? "Biases, BatchNorm scale" : "Biases"}
        value={wanted.biases}
        options={[
          { value: "ignore", label: "held (zero)" },
          { value: "include", label: "moved too" },
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
        label="Points a side"
        value={wanted.alpha.count}
        min={3}
        max={401}
        step={2}
        integer
        onChange={(count) => set({ alpha: { ...wanted.alpha, count }, beta: { ...wanted.beta, count } })}
      />
    </>
  );
}

function PathNormalisationNote({ wanted: { x, y, normalization, biases } }: { readonly wanted: SurfaceView }) {
  const isAlongPath = x.kind === "pca" || y?.kind === "pca";
  if (!isAlongPath || (normalization === "none" && biases === "include")) return null;
  return (
    <p className="note field-note">
      A direction that is normalised, or without biases, is no longer that of the path. “Path plane” below sets all of
      it.
    </p>
  );
}

interface AxisFieldProps {
  readonly symbol: string;
  readonly range: GridAxis;
  readonly onChange: (range: GridAxis) => void;
}

function AxisField({ symbol, range, onChange }: AxisFieldProps) {
  const set = (part: { min?: number; max?: number }) => onChange({ ...range, ...part });
  return (
    <Field
      label={
        <>
          <Sym>{symbol}</Sym> from, to
        </>
      }
    >
      <div className="field-pair">
        <BareNumber
          name={`Smallest ${symbol}`}
          value={range.min}
          min={-1000}
          max={range.max - 1e-6}
          step={0.25}
          onChange={(min) => set({ min })}
        />
        <BareNumber
          name={`Largest ${symbol}`}
          value={range.max}
          min={range.min + 1e-6}
          max={1000}
          step={0.25}
          onChange={(max) => set({ max })}
        />
      </div>
    </Field>
  );
}

/** A line forgets the second direction; going back to a surface takes the one it had. */
function lastBeta({ past }: History<Settings>): ViewDirection {
  return past.findLast(({ surface }) => surface.y !== null)?.surface.y ?? { kind: "random", seed: 2 };
}
