/** Optimiser and schedule of the spec. */
import { useStore } from "zustand";
import { numberListRange } from "../../experiment/number-range.ts";
import { specSchema, type TrainingSpec } from "../../experiment/spec.ts";
import { useSession } from "../context/session.ts";
import { useSpecRefusal } from "../context/use-spec-problems.ts";
import { ChoiceField, SwitchField } from "../kit/fields.tsx";
import { NumberListField } from "../kit/number-list-field.tsx";
import { SpecNumber } from "./spec-number.tsx";

type Change = (part: Partial<TrainingSpec>) => void;

export function OptimiserFields() {
  const { settings } = useSession();
  const spec = useStore(settings, (state) => state.current.spec);
  const { training } = spec;
  const set: Change = (part) =>
    settings
      .getState()
      .setSpec(`training.${Object.keys(part).join()}`, { ...spec, training: { ...training, ...part } });
  return (
    <>
      <ChoiceField
        label="Loss"
        value={spec.loss ?? "cross-entropy"}
        options={[
          { value: "cross-entropy", label: "Cross-entropy" },
          { value: "mse", label: "Squared error" },
        ]}
        onChange={(loss) => settings.getState().setSpec("loss", specSchema.parse({ ...spec, loss }))}
      />
      <SpecNumber label="Label smoothing" path="labelSmoothing" step={0.05} />
      <ChoiceField
        label="Optimiser"
        value={training.optimizer}
        options={[
          { value: "sgd", label: "SGD" },
          { value: "adam", label: "Adam" },
        ]}
        onChange={(optimizer) => set({ optimizer })}
      />
      <SpecNumber label="Learning rate" path="training.learningRate" step="decades" />
      {training.optimizer === "sgd" ? (
        <>
          <SpecNumber label="Momentum" path="training.momentum" step={0.05} />
          <SwitchField label="Nesterov" checked={training.nesterov} onChange={(nesterov) => set({ nesterov })} />
        </>
      ) : (
        <>
          <SpecNumber label="β₁" path="training.beta1" step={0.01} />
          <SpecNumber label="β₂" path="training.beta2" step={0.001} />
        </>
      )}
      <SpecNumber label="Weight decay" path="training.weightDecay" step="decades" />
      <SpecNumber label="Batch size" path="training.batchSize" />
      <SpecNumber label="Epochs" path="training.epochs" />
      <ScheduleFields training={training} set={set} />
      <SpecNumber label="Seed of the order" path="training.seed" />
    </>
  );
}

function ScheduleFields({ training, set }: { readonly training: TrainingSpec; readonly set: Change }) {
  const refusal = useSpecRefusal("training.stepAt");
  return (
    <>
      <ChoiceField
        label="Schedule"
        value={training.schedule}
        options={[
          { value: "cosine", label: "Cosine to zero" },
          { value: "step", label: "Steps" },
          { value: "constant", label: "Constant" },
        ]}
        onChange={(schedule) => set({ schedule })}
      />
      {training.schedule === "step" && (
        <>
          <NumberListField
            label="Steps at, of training"
            value={training.stepAt}
            range={numberListRange(specSchema, "training.stepAt")}
            placeholder="none"
            refusal={refusal}
            onChange={(stepAt) => set({ stepAt: [...stepAt] })}
          />
          <SpecNumber label="Rate × at each step" path="training.stepFactor" step={0.05} />
        </>
      )}
      <SpecNumber label="Warm-up, epochs" path="training.warmupEpochs" step={0.5} />
    </>
  );
}
