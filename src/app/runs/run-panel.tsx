/** The current run: what a person says about it, what is kept of it, what can be done with it. */
import { Button, Textarea, TextInput } from "@mantine/core";
import { useId, useState } from "react";
import { useStore } from "zustand";
import { modelTitle } from "../../architectures/specs.ts";
import { maxNameLength, maxNoteLength, parseTags, type RunLabels, runColours } from "../../experiment/run-labels.ts";
import type { StoredRun } from "../../experiment/storage/run-store.ts";
import { useRuns } from "../context/runs.ts";
import { useSession } from "../context/session.ts";
import { givenColours, isNamed, runTitle } from "../figure/run-words.ts";
import { Actions } from "../kit/actions.tsx";
import { Field } from "../kit/field.tsx";
import { FieldList } from "../kit/field-list.tsx";
import { formatBytes } from "../kit/format.ts";
import { Note } from "../kit/note.tsx";
import { notifyFailure } from "../kit/notify.ts";
import { Section } from "../kit/section.tsx";
import { cellsOf, keptWords } from "./run-rows.ts";
import type { RunActions } from "./use-run-actions.ts";
import { placeReasons, placeWords, useTrainingPlace } from "./use-training-place.ts";

export interface RunPanelProps {
  readonly run: StoredRun;
  readonly actions: RunActions;
}

export function RunPanel({ run, actions }: RunPanelProps) {
  const { id } = run.record;
  const { data } = useSession();
  const cells = cellsOf(
    run,
    useStore(data, (state) => state.kept),
  );
  const place = useTrainingPlace()(id);
  return (
    <>
      <Section title={runTitle(run.record)} aside={place ? placeWords[place] : cells.status.text}>
        <Actions>
          <Button disabled={!run.hasCheckpoint} onClick={() => actions.open(id)}>
            Open
          </Button>
          <Button variant="default" onClick={() => actions.duplicate(run)}>
            Duplicate as new experiment
          </Button>
        </Actions>
        <Actions spread="equal" marginTop={6}>
          <Button variant="default" onClick={() => actions.share(run)}>
            Copy link
          </Button>
          <Button variant="default" disabled={actions.busy !== null} onClick={() => actions.exportZip([run])}>
            Export
          </Button>
          <Button variant="default" disabled={place !== null} onClick={() => actions.remove([id])}>
            Delete
          </Button>
        </Actions>
        {place && <Note>{placeReasons[place]}</Note>}
      </Section>
      <Labels run={run} />
      <Section title="Details" aside={formatBytes(run.bytes)}>
        <dl className="run-facts">
          <Fact name="Model" value={modelTitle(run.record.spec.model)} />
          <Fact name="Initial weights" value={cells.init.text} />
          <Fact name="Data" value={`${cells.data.text}, ${cells.examples.text} for training`} />
          <Fact name="Epochs" value={cells.epochs.text} />
          <Fact name="Training" value={`loss ${cells.trainLoss.text}, accuracy ${cells.trainAccuracy.text}`} />
          <Fact name="Test" value={`loss ${cells.testLoss.text}, accuracy ${cells.testAccuracy.text}`} />
          <Fact name="Contains" value={keptWords(run).join(", ") || "its settings only"} />
          <Fact name="Saved" value={cells.saved.text} />
        </dl>
      </Section>
    </>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Labels({ run }: { readonly run: StoredRun }) {
  const { runs } = useRuns();
  const nameId = useId();
  const tagsId = useId();
  const noteId = useId();
  const { id, note, tags, colour } = run.record;
  const label = (labels: Partial<RunLabels>) =>
    void runs.getState().label(id, labels).catch(notifyFailure("It could not be kept"));
  const name = isNamed(run.record) ? run.record.name : "";
  return (
    <Section title="Labels">
      <FieldList>
        <Field label="Name" htmlFor={nameId}>
          <Draft
            key={name}
            id={nameId}
            value={name}
            placeholder={runTitle(run.record)}
            maxLength={maxNameLength}
            commit={(text) => label({ name: text.trim() })}
          />
        </Field>
        <Field label="Colour">
          <div className="run-colours" role="radiogroup" aria-label="Colour">
            {[null, ...runColours].map((choice) => (
              <label key={choice ?? "none"}>
                <input
                  type="radio"
                  name={`colour-${id}`}
                  checked={choice === colour}
                  onChange={() => label({ colour: choice })}
                  aria-label={choice ?? "none"}
                />
                <span
                  className="run-swatch"
                  data-colour={choice ?? "none"}
                  style={{ background: choice ? givenColours[choice] : undefined }}
                  title={choice ?? "none"}
                />
              </label>
            ))}
          </div>
        </Field>
        <Field label="Tags" htmlFor={tagsId}>
          <Draft
            key={tags.join()}
            id={tagsId}
            value={tags.join(", ")}
            placeholder="comma-separated"
            maxLength={400}
            commit={(text) => label({ tags: parseTags(text) })}
          />
        </Field>
        <label className="run-note-label" htmlFor={noteId}>
          Note
        </label>
        <Textarea
          key={note}
          id={noteId}
          size="xs"
          autosize
          minRows={2}
          maxRows={10}
          maxLength={maxNoteLength}
          defaultValue={note}
          placeholder="What it was for, what came of it"
          onBlur={(event) => event.currentTarget.value !== note && label({ note: event.currentTarget.value })}
        />
      </FieldList>
    </Section>
  );
}

interface DraftProps {
  readonly id: string;
  readonly value: string;
  readonly placeholder: string;
  readonly maxLength: number;
  readonly commit: (text: string) => void;
}

/** A text that counts when it is left or confirmed. */
function Draft({ id, value, placeholder, maxLength, commit }: DraftProps) {
  const [text, setText] = useState(value);
  const end = () => {
    if (text !== value) commit(text);
  };
  return (
    <TextInput
      id={id}
      value={text}
      placeholder={placeholder}
      maxLength={maxLength}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={end}
      onKeyDown={(event) => {
        if (event.key === "Enter") end();
        if (event.key === "Escape") setText(value);
      }}
    />
  );
}
