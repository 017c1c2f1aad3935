/** What is said of a training that has ended and has learned nothing. */
import { useStore } from "zustand";
import { useSession } from "../context/session.ts";
import { Alert } from "../kit/alert.tsx";
import { chanceWords } from "./chance-words.ts";

export function TrainingOutcome() {
  const { training } = useSession();
  const status = useStore(training, (state) => state.status);
  const spec = useStore(training, (state) => state.spec);
  const last = useStore(training, (state) => state.epochs.at(-1));
  const words = status === "complete" && spec && last ? chanceWords(spec, last) : null;
  return words && <Alert title="The network has not learned">{words}</Alert>;
}
