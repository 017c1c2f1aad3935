/** How a curve between two runs is trained: its kind, how long, how fast. */
import { SegmentedControl } from "@mantine/core";
import { useId } from "react";
import type { CurveKind, CurveRequest } from "../../experiment/comparison.ts";
import { numberRange } from "../../experiment/number-range.ts";
import { trainingSchema } from "../../experiment/spec.ts";
import { FieldScope } from "../kit/field-faults.tsx";
import { type NumberFieldProps, NumberInput } from "../kit/number-input.tsx";

const kindNames: Readonly<Record<CurveKind, string>> = { bezier: "Bézier", chain: "Chain" };

const mostControls = 5;

export interface CurveFieldsProps {
  readonly request: CurveRequest;
  readonly onChange: (change: Partial<CurveRequest>) => void;
}

export function CurveFields({ request, onChange }: CurveFieldsProps) {
  const { kind, controls, epochs, learningRate, seed } = request;
  return (
    <FieldScope value="curve">
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
            range={{ type: "integer", minimum: 1, maximum: mostControls }}
            onChange={(next) => onChange({ controls: next })}
          />
        )}
        <CurveNumber
          label="Epochs"
          value={epochs}
          range={{ ...numberRange(trainingSchema, "epochs"), minimum: 1 }}
          onChange={(next) => onChange({ epochs: next })}
        />
        <CurveNumber
          label="Learning rate"
          value={learningRate}
          range={numberRange(trainingSchema, "learningRate")}
          step="decades"
          onChange={(next) => onChange({ learningRate: next })}
        />
        <CurveNumber
          label="Seed"
          value={seed}
          range={numberRange(trainingSchema, "seed")}
          onChange={(next) => onChange({ seed: next })}
        />
      </div>
    </FieldScope>
  );
}

function CurveNumber({ label, ...input }: NumberFieldProps) {
  const id = useId();
  return (
    <div className="curve-field">
      <label htmlFor={id}>{label}</label>
      <NumberInput id={id} name={label} {...input} />
    </div>
  );
}
