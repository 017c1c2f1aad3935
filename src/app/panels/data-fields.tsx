/** Data of the spec: source, subsets, augmentation; and how to bring CIFAR-10 here. */
import { useStore } from "zustand";
import type { DataSpec, SubsetSpec } from "../../experiment/spec.ts";
import { useStores } from "../app-stores.ts";
import { CifarStatus } from "./cifar-status.tsx";
import { ChoiceField, NumberField, SwitchField } from "./fields.tsx";

const selections = [
  { value: "balanced", label: "Class-balanced" },
  { value: "random", label: "Random" },
  { value: "first", label: "First" },
] as const;

export function DataFields() {
  const stores = useStores();
  const { settings } = stores;
  const spec = useStore(settings, (state) => state.current.spec);
  const { stored } = useStore(stores.data);
  const { data } = spec;
  const set = (part: Partial<DataSpec>) =>
    settings.getState().setSpec(`data.${Object.keys(part).join()}`, { ...spec, data: { ...data, ...part } });
  const setTrain = (part: Partial<SubsetSpec>) => set({ train: { ...data.train, ...part } });
  const setTest = (part: Partial<SubsetSpec>) => set({ test: { ...data.test, ...part } });
  return (
    <>
      <ChoiceField
        label="Images"
        value={data.source}
        options={[
          { value: "synthetic", label: "Synthetic figures" },
          { value: "cifar10", label: stored ? "CIFAR-10" : "CIFAR-10 (not here yet)" },
        ]}
        onChange={(source) => set({ source })}
      />
      <CifarStatus />
      <NumberField
        label="Training images"
        value={data.train.count ?? 50_000}
        min={10}
        max={50_000}
        step={500}
        integer
        onChange={(count) => setTrain({ count })}
      />
      <ChoiceField
        label="Selected"
        value={data.train.select}
        options={selections}
        onChange={(select) => setTrain({ select })}
      />
      {data.train.select !== "first" && (
        <NumberField
          label="Seed of the selection"
          value={data.train.seed}
          min={0}
          max={4_294_967_295}
          integer
          onChange={(seed) => setTrain({ seed })}
        />
      )}
      <NumberField
        label="Test images"
        value={data.test.count ?? 10_000}
        min={10}
        max={10_000}
        step={100}
        integer
        onChange={(count) => setTest({ count })}
      />
      <SwitchField label="Crop and flip in training" checked={data.augment} onChange={(augment) => set({ augment })} />
    </>
  );
}
