/** How a curve between two runs is trained: its kind, how long, how fast. */
import { SegmentedControl } from "@mantine/core";
import { useId } from "react";
import type { CurveKind, CurveRequest } from "../../experiment/comparison.ts";
import { BareNumber, type NumberFieldProps } from "../kit/fields.tsx";

export const kindNames: Readonly<Record<CurveKind, string>> = { bezier: "Bézier", chain: "Chain" };

const mostControls = 5;

export interface CurveFieldsProps {
  readonly request: CurveRequest;
  readonly onChange: (change: Partial<CurveRequest>) => void;
}

export function CurveFields({ request, onChange }: CurveFieldsProps) {
  const { kind, controls, epochs, learningRate, seed } = request;
  return (
    <div className="curve-fields">
      <SegmentedControl
        aria-label="Kind of curve"
        value={kind}
        data={[
          { value: "bezier", label: kindNames.bezier },
          { value: "chain", label: kindNames.chain },
        ]}
        onChange={(value) => onChange(value === "chain" ? { kind: "chain" } : { kind: "bezier", controls: 1 })}
      />
      {kind === "chain" && (
        <CurveNumber
          label="Control points"
          value={controls}
          min={1}
          max={mostControls}
          integer
          onChange={(next) => onChange({ controls: next })}
        />
      )}
      <CurveNumber
        label="Epochs"
        value={epochs}
        min={1}
        max={10_000}
        integer
        onChange={(next) => onChange({ epochs: next })}
      />
      <CurveNumber
        label="Learning rate"
        value={learningRate}
        min={1e-6}
        max={10}
        step={0.001}
        onChange={(next) => onChange({ learningRate: next })}
      />
      <CurveNumber
        label="Seed"
        value={seed}
        min={0}
        max={4_294_967_295}
        integer
        onChange={(next) => onChange({ seed: next })}
      />
    </div>
  );
}

function CurveNumber({ label, ...input }: NumberFieldProps) {
  const id = useId();
  return (
    <div className="curve-field">
      <label htmlFor={id}>{label}</label>
      <BareNumber id={id} {...input} />
    </div>
  );
}
