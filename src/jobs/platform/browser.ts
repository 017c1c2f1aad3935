/** Jobs in a browser's worker: images from its storage, helpers as workers. */
import { readKernels } from "../../backends/tfjs/kernels-browser.ts";
import { browserImages } from "../../data/browser-images.ts";
import { loadImages } from "../../data/load-images.ts";
import type { Platform } from "../job-context.ts";
import type { JobRunner } from "../jobs.ts";
import { importImages, removeImages, storedImages } from "./browser-import.ts";
import { createBackend } from "./create-backend.ts";
import { helperCount, isWorthSharing } from "./helpers.ts";

export interface Helper extends JobRunner {
  readonly crashed: Promise<unknown>;
  close(): void;
}

/** `startHelper` makes a helper; without it there are none. */
export function createBrowserPlatform(startHelper?: () => Helper): Platform {
  let helpers: readonly Helper[] = [];
  const dismiss = () => {
    for (const helper of helpers) helper.close();
    helpers = [];
  };
  const start = (count: number) => {
    if (!startHelper) return [];
    const started = Array.from({ length: count }, startHelper);
    for (const { crashed } of started) void crashed.then(() => helpers === started && dismiss());
    return started;
  };
  return {
    createBackend: (choice) => createBackend(choice, { readKernels }),
    loadImages: (data, split) => loadImages(data, split, browserImages),
    storedImages,
    async importImages(params, options) {
      const stored = await importImages(params, options);
      // They may hold the images from before.
      dismiss();
      return stored;
    },
    async removeImages(set) {
      const left = await removeImages(set);
      dismiss();
      return left;
    },
    helpers(workMs) {
      if (!isWorthSharing(workMs, helpers.length > 0)) return [];
      if (helpers.length === 0) helpers = start(helperCount(navigator.hardwareConcurrency));
      return helpers;
    },
  };
}
