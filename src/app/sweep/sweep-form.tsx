/** A sweep before it starts: up to three axes, a name, how many runs, what they cost. */
import { Button, TextInput } from "@mantine/core";
import { IconPlayerPlay, IconPlus } from "@tabler/icons-react";
import { useId } from "react";
import { useStore } from "zustand";
import { modelTitle } from "../../architectures/specs.ts";
import { maxTagLength } from "../../experiment/run-labels.ts";
import { axesOf, maxAxes, type Sweep } from "../../experiment/sweep.ts";
import { sweepAxis } from "../../experiment/sweep-axes.ts";
import { useCompare } from "../context/compare.ts";
import { useSession } from "../context/session.ts";
import { Actions } from "../kit/actions.tsx";
import { Alert } from "../kit/alert.tsx";
import { Field } from "../kit/field.tsx";
import { aboutDuration, formatBytes, formatFlop } from "../kit/format.ts";
import { InlineAction } from "../kit/inline-action.tsx";
import { Note } from "../kit/note.tsx";
import { notifyFailure } from "../kit/notify.ts";
import { ProblemList } from "../kit/problem-list.tsx";
import { type DraftAxis, offeredAxes } from "../stores/sweep/draft.ts";
import { AxisRow } from "./axis-row.tsx";
import { type SweepPlan, useSweepPlan } from "./use-sweep-plan.ts";

const timeOfDay = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});

export function SweepForm() {
  const { sweep: queue, settings, preferences } = useSession();
  const { sweepDraft: draft } = useCompare();
  const { name, axes } = useStore(draft);
  const model = useStore(settings, (state) => state.current.spec.model);
  const message = useStore(queue, (state) => state.message);
  const nameId = useId();
  const plan = useSweepPlan();
  const free = offeredAxes(model).filter((axis) => !axes.some((row) => row.axis === axis));
  const problemOf = ({ axis }: DraftAxis) =>
    plan.problems.find(({ path }) => path === `axes.${axis}` || path.startsWith(`axes.${axis}[`)) ?? null;
  const others = plan.problems.filter((problem) => !axes.some((row) => problemOf(row) === problem));
  return (
    <div className="sweep-form">
      <Note marginTop={0}>
        {modelTitle(model)}, as set on the{" "}
        <InlineAction onClick={() => preferences.getState().set({ page: "landscape" })}>Landscape page</InlineAction>,
        once for every combination of these values:
      </Note>
      {axes.map((row, position) => (
        <AxisRow
          key={row.axis}
          value={row}
          model={model}
          number={position + 1}
          offered={free}
          problem={problemOf(row)}
          onChange={(changed) => draft.getState().setAxis(position, changed, model)}
          onRemove={axes.length > 1 ? () => draft.getState().removeAxis(position) : null}
        />
      ))}
      {axes.length < maxAxes && free.length > 0 && (
        <button type="button" className="sweep-add" onClick={() => draft.getState().addAxis(free[0], model)}>
          <IconPlus size={13} /> Let something else differ too
        </button>
      )}
      <Field label="Name, tag of the runs" htmlFor={nameId}>
        <TextInput
          id={nameId}
          value={name}
          maxLength={maxTagLength}
          placeholder="What differs, and the date"
          onChange={(event) => draft.getState().setName(event.currentTarget.value)}
        />
      </Field>
      <Problems problems={others} />
      <StartButton
        plan={plan}
        onStart={(sweep) => queue.getState().start(named(sweep, name), plan.cost?.flops ?? null)}
      />
      <Note marginTop={0} keepsLine>
        {plan.refusal ?? costWords(plan)}
      </Note>
      {message && <Alert title="The sweep does not start">{message}</Alert>}
    </div>
  );
}

interface StartButtonProps {
  readonly plan: SweepPlan;
  readonly onStart: (sweep: Sweep) => Promise<void>;
}

function StartButton({ plan, onStart }: StartButtonProps) {
  const { sweep, runs, refusal } = plan;
  return (
    <Actions>
      <Button
        leftSection={<IconPlayerPlay size={14} />}
        disabled={sweep === null || refusal !== null}
        onClick={() => {
          if (sweep) onStart(sweep).catch(notifyFailure("The sweep stopped"));
        }}
      >
        {sweep ? `Train ${runs.length} ${runs.length === 1 ? "run" : "runs"}` : "Train several"}
      </Button>
    </Actions>
  );
}

function Problems({ problems }: Pick<SweepPlan, "problems">) {
  if (problems.length === 0) return null;
  return (
    <Alert title="These runs cannot be trained yet">
      <ProblemList problems={problems.map(({ what, remedy }) => `${what} ${remedy}`)} />
    </Alert>
  );
}

function costWords({ sweep, cost, costMessage, runs }: SweepPlan): string {
  if (!sweep) return "";
  if (costMessage !== null) return `The cost can't be estimated: ${costMessage}`;
  if (!cost) return "Estimating the cost …";
  const time = cost.seconds === null ? "" : `, ${aboutDuration(cost.seconds)} on this device`;
  const memory = `${formatBytes(cost.memoryBytes)}${runs.length > 1 ? " at a time" : ""}`;
  return `≈ ${formatFlop(cost.totalFlop)} in all${time}; ${memory}`;
}

/** A sweep that wasn't given a name has one made of what differs and when. */
const named = (sweep: Sweep, name: string): Sweep =>
  name.trim()
    ? sweep
    : {
        ...sweep,
        name: `${axesOf(sweep)
          .map((axis) => sweepAxis(axis, sweep.base.model).words.word)
          .join("×")} ${timeOfDay.format(new Date()).replace(",", "")}`,
      };
