/** Asks, of each imported run that is here already with other content, which to keep. */
import { Button, Modal, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useStore } from "zustand";
import { useRuns } from "../context/runs.ts";
import { Actions } from "../kit/actions.tsx";
import "../styles/conflicts.css";
import { runTitle } from "../figure/run-words.ts";
import { formatDate } from "../kit/format.ts";
import { type ConflictChoice, conflictChoices } from "../stores/run-conflict.ts";

const labels: Readonly<Record<ConflictChoice, string>> = {
  skip: "Keep mine",
  replace: "Take theirs",
  both: "Keep both",
};

export default function ConflictDialog() {
  const { conflicts: store } = useRuns();
  const conflicts = useStore(store, (state) => state.conflicts);
  const [choices, setChoices] = useState<ReadonlyMap<string, ConflictChoice>>(new Map());
  const { answer } = store.getState();
  const choose = (runId: string, choice: ConflictChoice) => setChoices(new Map([...choices, [runId, choice]]));
  return (
    <Modal
      opened
      onClose={() => answer(null)}
      title={
        conflicts.length === 1
          ? "This run is here with other content"
          : `${conflicts.length} runs are here with other content`
      }
      centered
      size="lg"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <ul className="conflicts">
        {conflicts.map(({ mine, differs, fixed }) => {
          const { id } = mine.record;
          return (
            <li key={id}>
              <p>
                <strong>{runTitle(mine.record)}</strong>, saved here {formatDate(mine.savedAt)}. They differ in{" "}
                {differs.join(", ")}.{fixed && ` ${fixed} It can't be replaced now.`}
              </p>
              <SegmentedControl
                aria-label={`What to do with ${runTitle(mine.record)}`}
                data={conflictChoices.map((value) => ({
                  value,
                  label: labels[value],
                  disabled: value === "replace" && fixed !== null,
                }))}
                value={choices.get(id) ?? "skip"}
                onChange={(value) => choose(id, conflictChoices.find((choice) => choice === value) ?? "skip")}
              />
            </li>
          );
        })}
      </ul>
      <Actions>
        <Button onClick={() => answer(choices)}>Import</Button>
        <Button variant="default" onClick={() => answer(null)}>
          Import nothing
        </Button>
      </Actions>
    </Modal>
  );
}
