/** A run's colour and name; the name can be changed in place (F2). */
import { IconPencil } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { maxNameLength } from "../../experiment/run-labels.ts";
import type { StoredRun } from "../../experiment/storage/run-store.ts";
import { useRuns } from "../context/runs.ts";
import { givenColours, isNamed, runTitle } from "../figure/run-words.ts";
import { notifyFailure } from "../kit/notify.ts";

export interface NameCellProps {
  readonly run: StoredRun;
  readonly isCurrent: boolean;
  readonly setCurrent: (runId: string) => void;
}

export function NameCell({ run, isCurrent, setCurrent }: NameCellProps) {
  const { runs } = useRuns();
  const [isEdited, setEdited] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { id, colour, tags } = run.record;
  const title = runTitle(run.record);
  const end = (name: string | null) => {
    setEdited(false);
    // Back to the row, unless a person has gone on to something else by then.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) button.current?.focus();
    });
    if (name !== null && name !== (isNamed(run.record) ? run.record.name : ""))
      void runs.getState().label(id, { name }).catch(notifyFailure("The run could not be renamed"));
  };
  if (isEdited)
    return (
      <th scope="row" className="run-name-cell" onDoubleClick={(event) => event.stopPropagation()}>
        <input
          // biome-ignore lint/a11y/noAutofocus: it was asked for, in this place
          autoFocus
          type="text"
          aria-label={`New name of ${title}`}
          placeholder={title}
          defaultValue={isNamed(run.record) ? run.record.name : ""}
          maxLength={maxNameLength}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={(event) => end(event.currentTarget.value.trim())}
          onKeyDown={(event) => {
            if (event.key === "Enter") event.currentTarget.blur();
            if (event.key === "Escape") {
              event.currentTarget.value = isNamed(run.record) ? run.record.name : "";
              event.currentTarget.blur();
            }
          }}
        />
      </th>
    );
  return (
    <th scope="row" className="run-name-cell">
      <span
        className="run-swatch"
        data-colour={colour ?? "none"}
        style={{ background: colour ? givenColours[colour] : undefined }}
        aria-hidden
      />
      <button
        ref={button}
        type="button"
        className="run-name"
        onClick={() => setCurrent(id)}
        onKeyDown={(event) => {
          if (event.key === "F2") setEdited(true);
        }}
      >
        {title}
      </button>
      {isCurrent && (
        <button
          type="button"
          className="run-rename"
          aria-label={`Rename ${title}`}
          title="Rename (F2)"
          onClick={() => setEdited(true)}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          <IconPencil size={13} stroke={1.6} aria-hidden />
        </button>
      )}
      {tags.map((tag) => (
        <span key={tag} className="run-tag">
          {tag}
        </span>
      ))}
    </th>
  );
}
