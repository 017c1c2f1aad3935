/** Jobs in Node: images from files, helpers as worker threads. */
import { readKernels } from "../../backends/tfjs/kernels-node.ts";
import { loadImages } from "../../data/load-images.ts";
import { nodeImages } from "../../data/node-files.ts";
import type { Platform } from "../job-context.ts";
import type { JobRunner } from "../jobs.ts";
import { createBackend } from "./create-backend.ts";
import { isWorthSharing } from "./helpers.ts";

/** `startHelpers` makes the helpers when they are first asked for. */
export function createNodePlatform(startHelpers: () => readonly JobRunner[] = () => []): Platform {
  let helpers: readonly JobRunner[] | undefined;
  const refuse = async () => {
    throw new Error("Images are kept by browsers only. Name files in the specification's data.path.");
  };
  return {
    createBackend: (choice) => createBackend(choice, { readKernels }),
    loadImages: (data, split) => loadImages(data, split, nodeImages),
    importImages: refuse,
    storedImages: async () => [],
    removeImages: refuse,
    helpers(workMs) {
      if (!isWorthSharing(workMs, helpers !== undefined)) return [];
      helpers ??= startHelpers();
      return helpers;
    },
  };
}
