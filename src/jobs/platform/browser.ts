/** Jobs in a browser's worker: images from its storage, helpers as workers. */
import { readKernels } from "../../backends/tfjs/kernels-browser.ts";
import type { JobRunner, Platform } from "../jobs.ts";
import { createBackend } from "./create-backend.ts";
import { mostHelpers, worthHelpMs } from "./helpers.ts";
import { drawSyntheticSubset } from "./select-images.ts";

/** `startHelper` makes a helper; without it there are none. */
export function createBrowserPlatform(startHelper?: () => JobRunner): Platform {
  let helpers: readonly JobRunner[] | undefined;
  return {
    createBackend: (choice) => createBackend(choice, { readKernels }),
    async loadImages(data, split) {
      if (data.source === "synthetic") return drawSyntheticSubset(data, split);
      throw new Error("not yet");
    },
    importImages: async () => {
      throw new Error("not yet");
    },
    storedImages: async () => null,
    helpers(workMs) {
      if (!startHelper || workMs < worthHelpMs) return [];
      // One processor is left to the page.
      const count = Math.min(mostHelpers, Math.max(1, navigator.hardwareConcurrency - 1));
      helpers ??= count < 2 ? [] : Array.from({ length: count }, startHelper);
      return helpers;
    },
  };
}
