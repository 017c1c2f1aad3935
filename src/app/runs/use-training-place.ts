/** Where the runs of the list train, followed as it changes. */
import { useCallback } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { useSession } from "../context/session.ts";
import { type TrainingPlace, trainingPlace } from "../stores/sweep/training-place.ts";

export const placeWords: Readonly<Record<TrainingPlace, string>> = {
  here: "training",
  elsewhere: "training in another tab",
};

/** Why such a run can't be deleted here. */
export const placeReasons: Readonly<Record<TrainingPlace, string>> = {
  here: "It is training. Stop it on the Landscape page, or its sweep on the Compare page, before you delete it.",
  elsewhere: "It is training in another tab of this browser. It can go on or be deleted here once it has ended there.",
};

export function useTrainingPlace(): (runId: string) => TrainingPlace | null {
  const { training: trainingStore, sweep, locks } = useSession();
  const training = useStore(
    trainingStore,
    useShallow(({ status, runId }) => ({ status, runId })),
  );
  const items = useStore(
    sweep,
    useShallow((state) => state.items.filter(({ status }) => status === "starting" || status === "running")),
  );
  const elsewhere = useStore(locks.elsewhere);
  return useCallback(
    (runId) => trainingPlace({ training, sweep: { items }, elsewhere }, runId),
    [training, items, elsewhere],
  );
}
