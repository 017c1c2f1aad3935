/** Images that a person brings, where the platform keeps any. */
import type { JobHandlers } from "./jobs.ts";

export const importImages: JobHandlers["importImages"] = (params, { signal, emit, workbench }) =>
  workbench.platform.importImages(params, { signal, emit: (event) => void emit(event) });

export const storedImages: JobHandlers["storedImages"] = (_, { workbench }) => workbench.platform.storedImages();
