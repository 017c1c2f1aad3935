/** Beside the single training: the run on this page trains in another tab. */
import { useStore } from "zustand";
import { useSession } from "../context/session.ts";
import { Note } from "../kit/note.tsx";
import { isElsewhere } from "../stores/sweep/training-place.ts";

export function ElsewhereNote() {
  const { training, locks } = useSession();
  const runId = useStore(training, (state) => state.runId);
  const isShown = useStore(locks.elsewhere, (state) => runId !== null && isElsewhere(state, runId));
  return isShown ? (
    <Note>This run trains in another tab of this browser. It comes here as it is kept when it has ended there.</Note>
  ) : null;
}
