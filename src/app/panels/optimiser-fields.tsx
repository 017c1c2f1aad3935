/** Optimiser and schedule of the spec. */
import { useStore } from "zustand";
import type { TrainingSpec } from "../../experiment/spec.ts";
import { useSession } from "../context/session.ts";
import { ChoiceField, NumberField, SeedField, SwitchField } from "../kit/fields.tsx";

export function OptimiserFields() {
  const { settings } = useSession();
  const spec = useStore(settings, (state) => state.current.spec);
  const { training } = spec;
  const set = (part: Partial<TrainingSpec>) =>
    settings
      .getState()
      .setSpec(`training.${Object.keys(part).join()}`, { ...spec, training: { ...training, ...part } });
  const batchMax = Math.min(8192, spec.data.train.count ?? 8192);
  return (
    <>
      <ChoiceField
        label="Optimiser"
        value={training.optimizer}
        options={[
          { value: "sgd", label: "SGD" },
          { value: "adam", label: "Adam" },
        ]}
        onChange={(optimizer) => set({ optimizer })}
      />
      <NumberField
        label="Learning rate"
        value={training.learningRate}
        min={1e-6}
        max={100}
        step={0.01}
        onChange={(learningRate) => set({ learningRate })}
      />
      {training.optimizer === "sgd" ? (
        <>
          <NumberField
            label="Momentum"
            value={training.momentum}
            min={0}
            max={0.999}
            step={0.05}
            onChange={(momentum) => set({ momentum })}
          />
          <SwitchField label="Nesterov" checked={training.nesterov} onChange={(nesterov) => set({ nesterov })} />
        </>
      ) : (
        <>
          <NumberField
            label="β₁"
            value={training.beta1}
            min={0}
            max={0.9999}
            step={0.01}
            onChange={(beta1) => set({ beta1 })}
          />
          <NumberField
            label="β₂"
            value={training.beta2}
            min={0}
            max={0.99999}
            step={0.001}
            onChange={(beta2) => set({ beta2 })}
          />
        </>
      )}
      <NumberField
        label="Weight decay"
        value={training.weightDecay}
        min={0}
        max={1}
        step={0.0001}
        onChange={(weightDecay) => set({ weightDecay })}
      />
      <NumberField
        label="Batch size"
        value={training.batchSize}
        min={1}
        max={batchMax}
        integer
        onChange={(batchSize) => set({ batchSize })}
      />
      <NumberField
        label="Epochs"
        value={training.epochs}
        min={0}
        max={10_000}
        integer
        onChange={(epochs) => set({ epochs })}
      />
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
      <NumberField
        label="Warm-up, epochs"
        value={training.warmupEpochs}
        min={0}
        max={1000}
        step={0.5}
        onChange={(warmupEpochs) => set({ warmupEpochs })}
      />
      <SeedField label="Seed of the order" value={training.seed} onChange={(seed) => set({ seed })} />
    </>
  );
}
