/** Beside the single training: a sweep that has the worker, or that was cut off and can go on. */
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { useSession } from "../context/session.ts";
import { InlineAction } from "../kit/inline-action.tsx";
import { Note } from "../kit/note.tsx";
import { isOpen } from "../stores/sweep/item.ts";
import { isSweeping } from "../stores/sweep/sweep-store.ts";

export function SweepNote() {
  const { sweep, preferences } = useSession();
  const { status, open } = useStore(
    sweep,
    useShallow((state) => ({ status: state.status, open: state.items.filter(isOpen).length })),
  );
  const runs = `${open} ${open === 1 ? "run" : "runs"} to go`;
  const words = isSweeping({ status })
    ? `A sweep trains, ${runs}; a single run can start after it.`
    : status === "elsewhere"
      ? `Another tab trains a sweep, ${runs}.`
      : status === "interrupted"
        ? `A sweep was cut off, ${runs}.`
        : null;
  if (words === null) return null;
  return (
    <Note>
      {words}{" "}
      <InlineAction onClick={() => preferences.getState().set({ page: "compare" })}>See it under Compare</InlineAction>
    </Note>
  );
}
