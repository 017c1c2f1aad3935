/** What surface is asked for: directions, their treatment, examples, grid. */
import { SegmentedControl } from "@mantine/core";
import { useStore } from "zustand";
import type { ViewDirection } from "../../experiment/surface-view.ts";
import { useStores } from "../app-stores.ts";
import { Sym } from "../plate/symbol.tsx";
import type { History } from "../stores/history.ts";
import type { Settings } from "../stores/settings.ts";
import { DirectionField } from "./direction-field.tsx";
import { BareNumber, ChoiceField, NumberField, SwitchField } from "./fields.tsx";
import { Field } from "./section.tsx";

export function SurfaceFields() {
  const { settings } = useStores();
  const wanted = useStore(settings, (state) => state.current.surface);
  const hasBatchNorm = useStore(
    settings,
    ({ current: { spec } }) => spec.model.name === "vgg11" && spec.model.batchNorm,
  );
  const set = settings.getState().setSurface;
  const y = wanted.y;
  return (
    <div className="fields">
      <SegmentedControl
        fullWidth
        aria-label="Shape"
        value={y ? "surface" : "line"}
        data={[
          { value: "surface", label: "Surface" },
          { value: "line", label: "Line" },
        ]}
        onChange={(shape) => set({ y: shape === "line" ? null : lastBeta(settings.getState().history) })}
      />
      <DirectionField symbol="α" direction={wanted.x} onChange={(x) => set({ x })} />
      {y && <DirectionField symbol="β" direction={y} onChange={(next) => set({ y: next })} />}
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
      <AxisField axis="alpha" symbol="α" />
      {y && <AxisField axis="beta" symbol="β" />}
      <NumberField
        label="Points a side"
        value={wanted.alpha.count}
        min={3}
        max={401}
        step={2}
        integer
        onChange={(count) => set({ alpha: { ...wanted.alpha, count }, beta: { ...wanted.beta, count } })}
      />
    </div>
  );
}

function AxisField({ axis, symbol }: { readonly axis: "alpha" | "beta"; readonly symbol: string }) {
  const { settings } = useStores();
  const range = useStore(settings, (state) => state.current.surface[axis]);
  const set = (part: { min?: number; max?: number }) =>
    settings.getState().setSurface({ [axis]: { ...range, ...part } });
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
