/** A number of the experiment: its value, its range and what other fields have against it come from the specification. */
import { useStore } from "zustand";
import { valueAt, withValueAt } from "../../experiment/expectation.ts";
import { type NumberRange, numberRange } from "../../experiment/number-range.ts";
import { specSchema } from "../../experiment/spec.ts";
import { useSession } from "../context/session.ts";
import { useSpecRefusal } from "../context/use-spec-problems.ts";
import { NumberField } from "../kit/number-input.tsx";
import type { Step } from "../kit/step-number.ts";

export interface SpecNumberProps {
  readonly label: string;
  /** `training.learningRate` */
  readonly path: string;
  readonly step?: Step;
  /** Narrower than the schema, which knows neither the data nor the page. */
  readonly within?: Partial<NumberRange>;
  /** What is shown where the specification says nothing. */
  readonly absent?: number;
}

export function SpecNumber({ label, path, step = 1, within = {}, absent = 0 }: SpecNumberProps) {
  const { settings } = useSession();
  const spec = useStore(settings, (state) => state.current.spec);
  const refusal = useSpecRefusal(path);
  const steps = path.split(".");
  const value = valueAt(spec, steps);
  return (
    <NumberField
      label={label}
      value={typeof value === "number" ? value : absent}
      range={{ ...numberRange(specSchema, path, spec), ...within }}
      step={step}
      refusal={refusal}
      onChange={(next) => settings.getState().setSpec(path, withValueAt(spec, steps, next))}
    />
  );
}
