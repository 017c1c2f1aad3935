/** How a curve between two runs is trained: its kind, how long, how fast. */
import { NumberInput, SegmentedControl } from "@mantine/core";
import type { CurveKind, CurveRequest } from "../../experiment/comparison.ts";

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
          isInteger
          onChange={(next) => onChange({ controls: next })}
        />
      )}
      <CurveNumber
        label="Epochs"
        value={epochs}
        min={1}
        max={10_000}
        isInteger
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
        isInteger
        onChange={(next) => onChange({ seed: next })}
      />
    </div>
  );
}

interface CurveNumberProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly isInteger?: boolean;
  readonly onChange: (value: number) => void;
}

/** Reports only numbers of its range. */
function CurveNumber({ label, value, min, max, step = 1, isInteger = false, onChange }: CurveNumberProps) {
  return (
    <NumberInput
      label={label}
      w={110}
      value={value}
      min={min}
      max={max}
      step={step}
      allowDecimal={!isInteger}
      clampBehavior="blur"
      onChange={(next) => {
        const number = Number(next);
        if (next !== "" && Number.isFinite(number) && number >= min && number <= max) onChange(number);
      }}
    />
  );
}
