/** Says that runs were taken off the list, and brings them back; they are deleted when the notice goes. */
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { notifyFailure } from "../kit/notify.ts";
import type { RunsStore } from "../stores/runs-store.ts";

const undoMs = 10_000;

export function notifyRemoval(runs: RunsStore, ids: readonly string[]): void {
  const notice = notifications.show({
    title: ids.length === 1 ? "Run deleted" : `${ids.length} runs deleted`,
    message: (
      <span className="removal-notice">
        You can undo while this notice is open.
        <Button
          variant="default"
          onClick={() => {
            runs.getState().undoRemoval(ids);
            notifications.hide(notice);
          }}
        >
          Undo
        </Button>
      </span>
    ),
    autoClose: undoMs,
    withBorder: true,
    onClose: () => {
      void runs.getState().finishRemoval(ids).catch(notifyFailure("The runs could not be deleted"));
    },
  });
}
