/** Puts a run of a sweep on the Landscape page, with its settings, as if it had been trained there. */
import type { AppStores } from "../app-stores.ts";
import type { SweepItem } from "../stores/sweep-item.ts";

type ShowStores = Pick<AppStores, "keeper" | "training" | "settings" | "preferences">;

/** Rejects where nothing of it is kept. */
export async function showRun({ keeper, training, settings, preferences }: ShowStores, item: SweepItem): Promise<void> {
  const checkpoint = await keeper.checkpointOf(item.runId);
  if (!checkpoint) throw new Error("Nothing of it is kept in this browser: it was deleted, or storage is refused.");
  training.getState().adopt({
    runId: item.runId,
    checkpoint,
    complete: item.status === "complete",
    origin: null,
  });
  settings.getState().setSpec("sweep run", checkpoint.spec);
  preferences.getState().set({ page: "landscape" });
}
