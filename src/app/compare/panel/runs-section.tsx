/** Which of the runs kept in this browser stand side by side. */
import { Button, Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import { useStore } from "zustand";
import { modelTitle } from "../../../architectures/specs.ts";
import type { StoredRun } from "../../../experiment/storage/run-store.ts";
import { useCompare } from "../../context/compare.ts";
import { useSession } from "../../context/session.ts";
import { initialisationWords, runName, runTitle } from "../../figure/run-words.ts";
import { Actions } from "../../kit/actions.tsx";
import { Alert } from "../../kit/alert.tsx";
import { countWords, formatValue } from "../../kit/format.ts";
import { Note } from "../../kit/note.tsx";
import { Section } from "../../kit/section.tsx";
import { mostRuns } from "../../stores/settings/compare-settings.ts";
import type { Pane } from "../use-panes.ts";

/** Beyond so many a text finds one. */
const fewRuns = 8;

export function RunsSection({ panes }: { readonly panes: readonly Pane[] }) {
  const { preferences } = useSession();
  const compare = useCompare();
  const status = useStore(compare.runs, (state) => state.status);
  const message = useStore(compare.runs, (state) => state.message);
  const runs = useStore(compare.runs, (state) => state.runs);
  const chosen = useStore(compare.runs, (state) => state.chosen);
  const missing = useStore(compare.runs, (state) => state.missing);
  const [wanted, setWanted] = useState("");
  const shown = runs.filter((run) => wordsOf(run).includes(wanted.trim().toLowerCase()));
  return (
    <Section title="Runs" aside={chosen.length > 0 ? `${chosen.length} of at most ${mostRuns}` : ""}>
      {status === "failed" && <Alert title="The kept runs could not be read">{message}</Alert>}
      {missing.length > 0 && (
        <Alert title={missing.length === 1 ? "A run is not kept here" : `${missing.length} runs are not kept here`}>
          <p>
            Chosen, perhaps by a link, and not in this browser: {missing.join(", ")}. Ask for the run folder and import
            it on the Runs page; the others are compared without it.
          </p>
          <Actions marginTop={8}>
            <Button variant="default" onClick={() => preferences.getState().set({ page: "runs" })}>
              Import runs
            </Button>
            <Button variant="default" onClick={() => compare.runs.getState().choose(chosen.length > 0 ? chosen : null)}>
              Go on without
            </Button>
          </Actions>
        </Alert>
      )}
      {status === "reading" && <Note>Looking at what this browser keeps.</Note>}
      {status === "ready" && runs.length === 0 && (
        <>
          <Note>No run with weights is kept here yet. Train one from two seeds, and compare them.</Note>
          <Actions marginTop={10}>
            <Button variant="default" onClick={() => preferences.getState().set({ page: "landscape" })}>
              Train on Landscape
            </Button>
          </Actions>
        </>
      )}
      {runs.length > fewRuns && (
        <TextInput
          aria-label="Find a run"
          placeholder="Find by name, model, seed"
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          mb={8}
        />
      )}
      {runs.length > 0 && (
        <ul className="run-choice">
          {shown.map((run) => (
            <RunChoice key={run.record.id} run={run} colour={panes.find(({ id }) => id === run.record.id)?.colour} />
          ))}
          {shown.length === 0 && (
            <li>
              <Note>No run of that name.</Note>
            </li>
          )}
        </ul>
      )}
    </Section>
  );
}

const wordsOf = ({ record }: StoredRun) =>
  `${runTitle(record)} ${modelTitle(record.spec.model)} ${initialisationWords(record.spec.init)}`.toLowerCase();

interface RunChoiceProps {
  readonly run: StoredRun;
  /** Colour of the run's pane; absent for a run that has none. */
  readonly colour: string | undefined;
}

function RunChoice({ run: { record }, colour }: RunChoiceProps) {
  const compare = useCompare();
  const chosen = useStore(compare.runs, (state) => state.chosen);
  const position = chosen.indexOf(record.id);
  const isFull = position < 0 && chosen.length >= mostRuns;
  const last = record.epochs.at(-1);
  const { title, detail } = runName(record, last ? countWords(last.epoch, "epoch") : "no epoch yet");
  return (
    <li>
      <Checkbox
        size="xs"
        checked={position >= 0}
        disabled={isFull}
        onChange={() =>
          compare.runs
            .getState()
            .choose(position < 0 ? [...chosen, record.id] : chosen.filter((id) => id !== record.id))
        }
        label={
          <>
            <span className="run-choice-title">
              {position >= 0 && <span className="compare-swatch" style={{ background: colour }} />}
              {title}
            </span>
            <span className="run-choice-detail">
              {detail}
              {last ? `, loss ${formatValue(last.trainLoss, 3)}` : ""}
              {record.status === "complete" ? "" : `, ${record.status}`}
            </span>
          </>
        }
      />
    </li>
  );
}
