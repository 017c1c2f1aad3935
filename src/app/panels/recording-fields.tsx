/** Whether training leaves a path, how fine, in how much memory; and what that comes to before anything is trained. */
import { useStore } from "zustand";
import { fewestPoints, mostPoints, type Recording, recordingPlan } from "../../experiment/recording.ts";
import { useSession } from "../context/session.ts";
import { FieldList } from "../kit/field-list.tsx";
import { SwitchField } from "../kit/fields.tsx";
import { formatBytes, formatCount } from "../kit/format.ts";
import { Note } from "../kit/note.tsx";
import { totalSteps } from "../stores/steps-of.ts";
import { SpecNumber } from "./spec-number.tsx";

const started: Recording = { everySteps: 2, budgetMegabytes: 128 };

export function RecordingFields() {
  const { settings } = useSession();
  const spec = useStore(settings, (state) => state.current.spec);
  const { recording } = spec;
  const setOn = (isOn: boolean) => {
    const { recording: _before, ...rest } = spec;
    settings.getState().setSpec("recording", isOn ? { ...rest, recording: started } : rest);
  };
  return (
    <FieldList>
      <SwitchField label="Record the path" checked={recording !== undefined} onChange={setOn} />
      {recording && (
        <>
          <SpecNumber label="every n steps" path="recording.everySteps" />
          <SpecNumber label="Memory limit, MB" path="recording.budgetMegabytes" step={32} />
          <PlanNote recording={recording} />
        </>
      )}
    </FieldList>
  );
}

function PlanNote({ recording }: { readonly recording: Recording }) {
  const { settings, cost, data } = useSession();
  const spec = useStore(settings, (state) => state.current.spec);
  const bytes = useStore(cost, (state) => (state.spec?.model === spec.model ? state.pointBytes : null));
  const steps = totalSteps(
    spec,
    useStore(data, (state) => state.kept),
  );
  const plan = bytes === null ? null : recordingPlan(recording, steps, bytes);
  return (
    <Note isUnderField role="status">
      {bytes === null
        ? "Estimating …"
        : plan
          ? `${formatCount(plan.points)} points, ${formatBytes(plan.bytes)}, ${everySteps(plan)}${
              plan.everySteps > recording.everySteps && plan.everySteps < steps
                ? `: more would be over the memory or ${mostPoints} points`
                : ""
            }`
          : steps < fewestPoints - 1
            ? "Nothing is recorded: the run has too few steps for a path."
            : `Nothing is recorded: a point takes ${formatBytes(bytes)}, and ${fewestPoints} of them do not fit.`}
    </Note>
  );
}

const everySteps = ({ everySteps: n }: Pick<Recording, "everySteps">) =>
  n === 1 ? "every step" : `every ${formatCount(n)} steps`;
