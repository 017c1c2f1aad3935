/** Model and initialiser of the spec. */
import { TextInput } from "@mantine/core";
import { useId } from "react";
import { useStore } from "zustand";
import { type InitSpec, type ModelSpec, specSchema } from "../../experiment/spec.ts";
import { useStores } from "../app-stores.ts";
import { ChoiceField, NumberField, SeedField, SwitchField } from "../kit/fields.tsx";
import { Field } from "../kit/section.tsx";

export function ModelFields() {
  const { settings } = useStores();
  const spec = useStore(settings, (state) => state.current.spec);
  const { model, init } = spec;
  const hiddenId = useId();
  const setModel = (key: string, next: ModelSpec) =>
    settings.getState().setSpec(`model.${key}`, { ...spec, model: next });
  const setInit = (key: string, part: Partial<InitSpec>) =>
    settings.getState().setSpec(`init.${key}`, { ...spec, init: { ...init, ...part } });
  const setName = (name: ModelSpec["name"]) => {
    const { classes } = model;
    const fresh: unknown = name === "mlp" ? { name, activation: "tanh", classes } : { name, width: 0.25, classes };
    settings.getState().setSpec("model.name", specSchema.parse({ ...spec, model: fresh }));
  };
  return (
    <>
      <ChoiceField
        label="Model"
        value={model.name}
        options={[
          { value: "vgg11", label: "VGG11 for 32 × 32" },
          { value: "mlp", label: "Multi-layer perceptron" },
        ]}
        onChange={setName}
      />
      {model.name === "vgg11" ? (
        <>
          <NumberField
            label="Width multiplier"
            value={model.width}
            min={0.125}
            max={2}
            step={0.125}
            onChange={(width) => setModel("width", { ...model, width })}
          />
          <SwitchField
            label="BatchNorm"
            checked={model.batchNorm}
            onChange={(batchNorm) => setModel("batchNorm", { ...model, batchNorm })}
          />
        </>
      ) : (
        <>
          <Field label="Hidden layers" htmlFor={hiddenId}>
            <TextInput
              id={hiddenId}
              key={model.hidden.join()}
              defaultValue={model.hidden.join(", ")}
              onBlur={(event) => {
                const widths = event.currentTarget.value
                  .split(/[\s,]+/)
                  .filter(Boolean)
                  .map(Number);
                const parsed = specSchema.safeParse({ ...spec, model: { ...model, hidden: widths } });
                if (parsed.success) settings.getState().setSpec("model.hidden", parsed.data);
                else event.currentTarget.value = model.hidden.join(", ");
              }}
            />
          </Field>
          <ChoiceField
            label="Activation"
            value={model.activation}
            options={[
              { value: "relu", label: "ReLU" },
              { value: "tanh", label: "tanh" },
            ]}
            onChange={(activation) => setModel("activation", { ...model, activation })}
          />
        </>
      )}
      <ChoiceField
        label="Initial weights"
        value={init.scheme}
        options={[
          { value: "he-normal", label: "He normal" },
          { value: "xavier-normal", label: "Xavier normal" },
          { value: "gaussian", label: "Gaussian, chosen σ" },
          { value: "orthogonal", label: "Orthogonal" },
        ]}
        onChange={(scheme) => {
          const { std: _std, ...rest } = init;
          settings.getState().setSpec("init.scheme", {
            ...spec,
            init: scheme === "gaussian" ? { ...rest, scheme, std: 0.05 } : { ...rest, scheme },
          });
        }}
      />
      {init.scheme === "gaussian" && (
        <NumberField
          label="Standard deviation σ"
          value={init.std ?? 0.05}
          min={0.0001}
          max={10}
          step={0.01}
          onChange={(std) => setInit("std", { std })}
        />
      )}
      <SeedField label="Seed of the weights" value={init.seed} onChange={(seed) => setInit("seed", { seed })} />
    </>
  );
}
