/** Images that a person brings, where the platform keeps any. */
import type { ImportEvent } from "./image-jobs.ts";
import type { JobHandlers } from "./job-context.ts";

export const importImages: JobHandlers["importImages"] = async (params, { signal, emit, workbench }) => {
  const stored = await workbench.platform.importImages(params, { signal, emit: latestOnly(emit) });
  workbench.forgetImages();
  return stored;
};

const tickMs = 100;

/** Sends an event at most ten times a second, except when it begins another phase. */
function latestOnly(emit: (event: ImportEvent) => Promise<void>): (event: ImportEvent) => void {
  let phase = "";
  let sentMs = Number.NEGATIVE_INFINITY;
  return (event) => {
    if (event.phase === phase && performance.now() - sentMs < tickMs) return;
    phase = event.phase;
    sentMs = performance.now();
    void emit(event);
  };
}

export const storedImages: JobHandlers["storedImages"] = (_, { workbench }) => workbench.platform.storedImages();

export const removeImages: JobHandlers["removeImages"] = async ({ set }, { workbench }) => {
  const left = await workbench.platform.removeImages(set);
  workbench.forgetImages();
  return left;
};
