/** Data of the spec: source, subsets, augmentation; and how to bring CIFAR-10 here. */
import { useStore } from "zustand";
import type { DataSpec, SubsetSpec } from "../../experiment/spec.ts";
import { useStores } from "../app-stores.ts";
import { ChoiceField, NumberField, SeedField, SwitchField } from "../kit/fields.tsx";
import { CifarStatus } from "./cifar-status.tsx";

const selections = [
  { value: "balanced", label: "class-balanced" },
  { value: "random", label: "random" },
  { value: "first", label: "first ones" },
] as const;

export function DataFields() {
  const stores = useStores();
  const { settings } = stores;
  const spec = useStore(settings, (state) => state.current.spec);
  const { stored } = useStore(stores.data);
  const { data } = spec;
  const set = (part: Partial<DataSpec>) =>
    settings.getState().setSpec(`data.${Object.keys(part).join()}`, { ...spec, data: { ...data, ...part } });
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
      <SubsetFields name="Training" subset={data.train} most={50_000} step={500} onChange={(train) => set({ train })} />
      <SubsetFields name="Test" subset={data.test} most={10_000} step={100} onChange={(test) => set({ test })} />
      <SwitchField label="Crop and flip" checked={data.augment} onChange={(augment) => set({ augment })} />
    </>
  );
}

interface SubsetFieldsProps {
  readonly name: "Training" | "Test";
  readonly subset: SubsetSpec;
  /** Images there are. */
  readonly most: number;
  readonly step: number;
  readonly onChange: (subset: SubsetSpec) => void;
}

function SubsetFields({ name, subset, most, step, onChange }: SubsetFieldsProps) {
  return (
    <>
      <NumberField
        label={`${name} images`}
        value={subset.count ?? most}
        min={10}
        max={most}
        step={step}
        integer
        onChange={(count) => onChange({ ...subset, count })}
      />
      <ChoiceField
        label={`${name} selection`}
        value={subset.select}
        options={selections}
        onChange={(select) => onChange({ ...subset, select })}
      />
      {subset.select !== "first" && (
        <SeedField
          label={`${name} subset seed`}
          value={subset.seed}
          onChange={(seed) => onChange({ ...subset, seed })}
        />
      )}
    </>
  );
}
