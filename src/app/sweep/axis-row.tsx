/** One axis of a sweep before it starts: what differs, and the values to try. */
import { ActionIcon, Checkbox, Select, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useId } from "react";
import type { SpecProblem } from "../../experiment/spec-error.ts";
import type { AxisName } from "../../experiment/sweep.ts";
import type { DraftAxis } from "../stores/sweep/draft.ts";
import { axisChoices, axisHints, axisLabels } from "./axis-words.ts";

export interface AxisRowProps {
  readonly value: DraftAxis;
  /** From 1. */
  readonly number: number;
  /** Axes that no other row has. */
  readonly offered: readonly AxisName[];
  readonly problem: SpecProblem | null;
  readonly onChange: (value: DraftAxis) => void;
  /** Null where it is the only one. */
  readonly onRemove: (() => void) | null;
}

export function AxisRow({ value, number, offered, problem, onChange, onRemove }: AxisRowProps) {
  const { axis, text } = value;
  const problemId = useId();
  const choices = axisChoices[axis];
  const label = `Values of ${axisLabels[axis].toLowerCase()}`;
  const described = problem ? { "aria-describedby": problemId } : {};
  return (
    <div className="sweep-axis">
      <Select
        aria-label={`What differs, ${number}`}
        value={axis}
        data={[...new Set([axis, ...offered])].map((name) => ({ value: name, label: axisLabels[name] }))}
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
          placeholder={axisHints[axis]}
          value={text}
          onChange={(event) => onChange({ axis, text: event.currentTarget.value })}
        />
      )}
      {onRemove && (
        <ActionIcon size="sm" aria-label={`Remove ${axisLabels[axis].toLowerCase()}`} onClick={onRemove}>
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
