/** Data of the spec: source, subsets, augmentation; and how to bring the images of a set here. */
import { useStore } from "zustand";
import { type DataSetId, dataSetFacts, factsOf } from "../../data/sets/facts.ts";
import type { DataSpec, SubsetSpec } from "../../experiment/spec.ts";
import { useSession } from "../context/session.ts";
import { ChoiceField, SwitchField } from "../kit/fields.tsx";
import { capitalised } from "../kit/format.ts";
import { Note } from "../kit/note.tsx";
import { imageCounts, type KeptImages } from "../stores/image-counts.ts";
import { DataSetStatus } from "./data-set-status.tsx";
import { withDataSet } from "./import-images.ts";
import { SpecNumber } from "./spec-number.tsx";

const selections = [
  { value: "balanced", label: "class-balanced" },
  { value: "random", label: "random" },
  { value: "first", label: "first ones" },
] as const;

const inFiles = dataSetFacts.map(({ id }) => id).filter((id) => factsOf(id).files);

const choicesOf = (kept: KeptImages): { readonly value: DataSetId; readonly label: string }[] =>
  dataSetFacts.map(({ id }) => {
    const { title, files } = factsOf(id);
    const isHere = !files || kept.some(({ set }) => set === id);
    return { value: id, label: `${capitalised(title)}${isHere ? "" : " (not here yet)"}` };
  });

function classWords(source: DataSetId): string {
  const { image, classNames } = factsOf(source);
  return `${image.width} × ${image.height} pixels, ${image.channels === 1 ? "grey" : "in colour"}; ${classNames.length} classes: ${classNames.join(", ")}.`;
}

export function DataFields() {
  const { settings, data: images } = useSession();
  const spec = useStore(settings, (state) => state.current.spec);
  const kept = useStore(images, (state) => state.kept);
  const { data } = spec;
  const counts = imageCounts(data.source, kept);
  const set = (part: Partial<DataSpec>) =>
    settings.getState().setSpec(`data.${Object.keys(part).join()}`, { ...spec, data: { ...data, ...part } });
  return (
    <>
      <ChoiceField
        label="Images"
        value={data.source}
        options={choicesOf(kept)}
        onChange={(source) => settings.getState().setSpec("data.source", withDataSet(spec, source))}
      />
      <Note>{classWords(data.source)}</Note>
      {inFiles.map((id) => (
        <DataSetStatus key={id} id={id} />
      ))}
      <SubsetFields
        name="Training"
        path="data.train"
        subset={data.train}
        most={counts.train}
        step={500}
        onChange={(train) => set({ train })}
      />
      <SubsetFields
        name="Test"
        path="data.test"
        subset={data.test}
        most={counts.test}
        step={100}
        onChange={(test) => set({ test })}
      />
      <SwitchField label="Crop and flip" checked={data.augment} onChange={(augment) => set({ augment })} />
    </>
  );
}

interface SubsetFieldsProps {
  readonly name: "Training" | "Test";
  readonly path: "data.train" | "data.test";
  readonly subset: SubsetSpec;
  /** Images there are. */
  readonly most: number;
  readonly step: number;
  readonly onChange: (subset: SubsetSpec) => void;
}

function SubsetFields({ name, path, subset, most, step, onChange }: SubsetFieldsProps) {
  return (
    <>
      <SpecNumber
        label={`${name} images`}
        path={`${path}.count`}
        step={step}
        within={{ maximum: most }}
        absent={most}
      />
      <ChoiceField
        label={`${name} selection`}
        value={subset.select}
        options={selections}
        onChange={(select) => onChange({ ...subset, select })}
      />
      {subset.select !== "first" && <SpecNumber label={`${name} subset seed`} path={`${path}.seed`} />}
    </>
  );
}
