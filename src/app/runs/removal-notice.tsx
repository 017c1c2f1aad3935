/** Says that runs were taken off the list, and brings them back; they are deleted when the notice goes. */
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { runTitle } from "../figure/run-words.ts";
import { notifyFailure } from "../kit/notify.ts";
import type { RunsStore } from "../stores/runs-store.ts";
import { removalTitle } from "./removal-words.ts";

const undoMs = 10_000;

export function notifyRemoval(runs: RunsStore, ids: readonly string[]): void {
  const records = runs.getState().runs.map(({ record }) => record);
  const removed = records.filter(({ id }) => ids.includes(id));
  const notice = notifications.show({
    title: removalTitle(removed.map(runTitle)),
    message: (
      <span className="removal-notice">
        Undo (or Ctrl Z) brings {ids.length === 1 ? "it" : "them"} back while this notice is open.
        <Button variant="default" flex="none" onClick={() => runs.getState().undoRemoval(ids)}>
          Undo
        </Button>
      </span>
    ),
    autoClose: undoMs,
    withBorder: true,
    onClose: () => {
      stop();
      void runs.getState().finishRemoval(ids).catch(notifyFailure("The runs could not be deleted"));
    },
  });
  const stop = runs.subscribe((now) => {
    if (!ids.some((id) => now.removed.has(id))) notifications.hide(notice);
  });
}
