/** Model and initialiser of the spec. */
import { useStore } from "zustand";
import { defaultGaussianStd, type InitScheme, schemeTitles } from "../../architectures/initialization.ts";
import { fieldsOf } from "../../architectures/model-fields.ts";
import { architectureOf, architectures, type ModelName, modelSchema } from "../../architectures/specs.ts";
import { useSession } from "../context/session.ts";
import { ChoiceField } from "../kit/fields.tsx";
import { ModelFieldControl } from "./model-field.tsx";
import { SpecNumber } from "./spec-number.tsx";

const schemes = (Object.keys(schemeTitles) as InitScheme[]).map((value) => ({ value, label: schemeTitles[value] }));
const families = architectures.map(({ name, family }) => ({ value: name, label: family }));

export function ModelFields() {
  const { settings } = useSession();
  const spec = useStore(settings, (state) => state.current.spec);
  const { model, init } = spec;
  const values = Object.entries(model);
  const setModel = (key: string, next: object) =>
    settings.getState().setSpec(`model.${key}`, { ...spec, model: modelSchema.parse(next) });
  const setFamily = (name: ModelName) =>
    setModel("name", { name, ...architectureOf({ name }).start, classes: model.classes });
  return (
    <>
      <ChoiceField label="Model" value={model.name} options={families} onChange={setFamily} />
      {fieldsOf(model).map((field) => (
        <ModelFieldControl
          key={`${model.name}.${field.name}`}
          field={field}
          value={values.find(([key]) => key === field.name)?.[1] ?? ""}
          onChange={(value) => setModel(field.name, { ...model, [field.name]: value })}
        />
      ))}
      <ChoiceField
        label="Initial weights"
        value={init.scheme}
        options={schemes}
        onChange={(scheme) => {
          const { std: _std, ...rest } = init;
          settings.getState().setSpec("init.scheme", {
            ...spec,
            init: scheme === "gaussian" ? { ...rest, scheme, std: defaultGaussianStd } : { ...rest, scheme },
          });
        }}
      />
      {init.scheme === "gaussian" && <SpecNumber label="Standard deviation σ" path="init.std" step="decades" />}
      <SpecNumber label="Seed of the weights" path="init.seed" />
    </>
  );
}
