/** What is trained: a preset in one choice, every field of the spec below it. */
import { Select } from "@mantine/core";
import { useStore } from "zustand";
import { modelTitle } from "../../architectures/specs.ts";
import { useSession } from "../context/session.ts";
import { dataName } from "../figure/describe.ts";
import { Disclosure } from "../kit/disclosure.tsx";
import { formatCount } from "../kit/format.ts";
import { Note } from "../kit/note.tsx";
import { Section } from "../kit/section.tsx";
import { presetGroups } from "../stores/settings/preset.ts";
import { presets } from "../stores/settings/presets.ts";
import { DataFields } from "./data-fields.tsx";
import { ImportStatus } from "./import-status.tsx";
import { ModelFields } from "./model-fields.tsx";
import { OptimiserFields } from "./optimiser-fields.tsx";
import { RecordingFields } from "./recording-fields.tsx";

export function ExperimentSection() {
  const { settings } = useSession();
  const spec = useStore(settings, (state) => state.current.spec);
  const asText = JSON.stringify(spec);
  const current = presets.find((preset) => JSON.stringify(preset.spec) === asText);
  const groups = presetGroups.map((group) => ({
    group,
    items: presets.filter((preset) => preset.group === group).map(({ id, title }) => ({ value: id, label: title })),
  }));
  return (
    <Section scope="experiment" title="Experiment">
      <Select
        aria-label="Preset"
        value={current?.id ?? "custom"}
        data={current ? groups : [...groups, { value: "custom", label: "Own settings" }]}
        renderOption={({ option }) => (
          <div>
            <div>{option.label}</div>
            <div style={{ color: "var(--ink-quiet)", fontSize: "0.75rem" }}>
              {presets.find(({ id }) => id === option.value)?.note}
            </div>
          </div>
        )}
        onChange={(id) => {
          const chosen = presets.find((preset) => preset.id === id);
          if (chosen) settings.getState().setSpec("preset", chosen.spec);
        }}
      />
      <Note>
        {modelTitle(spec.model)} on {spec.data.train.count ? formatCount(spec.data.train.count) : "all"} images of{" "}
        {dataName(spec.data)}, {spec.training.epochs} {spec.training.epochs === 1 ? "epoch" : "epochs"} of{" "}
        {spec.training.optimizer === "sgd" ? "SGD" : "Adam"}
      </Note>
      <ImportStatus />
      <Disclosure title="Model and initial weights">
        <ModelFields />
      </Disclosure>
      <Disclosure title="Data">
        <DataFields />
      </Disclosure>
      <Disclosure title="Optimiser and schedule">
        <OptimiserFields />
      </Disclosure>
      <RecordingFields />
    </Section>
  );
}
