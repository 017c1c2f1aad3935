/** One axis of a sweep before it starts: what differs, and the values to try. */
import { ActionIcon, Checkbox, Select, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useId } from "react";
import type { ModelSpec } from "../../architectures/specs.ts";
import type { SpecProblem } from "../../experiment/spec-error.ts";
import { type AxisName, sweepAxis } from "../../experiment/sweep-axes.ts";
import type { DraftAxis } from "../stores/sweep/draft.ts";
import { axisChoices } from "./axis-choices.ts";

export interface AxisRowProps {
  readonly value: DraftAxis;
  /** The model of the sweep's base. */
  readonly model: ModelSpec;
  /** Number of the row, from 1. */
  readonly number: number;
  /** Axes that no other row has. */
  readonly offered: readonly AxisName[];
  readonly problem: SpecProblem | null;
  readonly onChange: (value: DraftAxis) => void;
  /** Null where it is the only one. */
  readonly onRemove: (() => void) | null;
}

export function AxisRow({ value, model, number, offered, problem, onChange, onRemove }: AxisRowProps) {
  const { axis, text } = value;
  const problemId = useId();
  const { kind, words } = sweepAxis(axis, model);
  const choices = axisChoices(kind, words);
  const label = `Values of ${words.label.toLowerCase()}`;
  const described = problem ? { "aria-describedby": problemId } : {};
  return (
    <div className="sweep-axis">
      <Select
        aria-label={`What differs, ${number}`}
        value={axis}
        data={[...new Set([axis, ...offered])].map((name) => ({
          value: name,
          label: sweepAxis(name, model).words.label,
        }))}
        onChange={(next) => {
          const chosen = offered.find((name) => name === next);
          if (chosen) onChange({ axis: chosen, text });
        }}
      />
      {choices ? (
        <Checkbox.Group
          aria-label={label}
          {...described}
          value={text.split(", ").filter(Boolean)}
          onChange={(ticked) => {
            const kept = choices.filter((choice) => ticked.includes(choice.value));
            onChange({ axis, text: kept.map((choice) => choice.value).join(", ") });
          }}
        >
          <div className="sweep-choices">
            {choices.map((choice) => (
              <Checkbox key={choice.value} size="xs" value={choice.value} label={choice.label} />
            ))}
          </div>
        </Checkbox.Group>
      ) : (
        <TextInput
          aria-label={label}
          {...described}
          aria-invalid={problem !== null}
          data-error={problem !== null || undefined}
          placeholder={words.hint}
          value={text}
          onChange={(event) => onChange({ axis, text: event.currentTarget.value })}
        />
      )}
      {onRemove && (
        <ActionIcon size="sm" aria-label={`Remove ${words.label.toLowerCase()}`} onClick={onRemove}>
          <IconX size={14} />
        </ActionIcon>
      )}
      {problem && (
        <p className="sweep-problem" id={problemId}>
          {problem.found === "[]" ? "" : `${problem.found}: `}
          {problem.remedy}
        </p>
      )}
    </div>
  );
}
