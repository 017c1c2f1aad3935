/** The backend that a choice names, on any platform. */
import { createReferenceBackend } from "../../backends/reference/backend.ts";
import { createTfjsBackend, type TfjsOptions } from "../../backends/tfjs/backend.ts";
import { createWebgpuBackend } from "../../backends/webgpu/backend.ts";
import { type FoundAdapter, findAdapter } from "../../backends/webgpu/device.ts";
import type { BackendChoice } from "../device-jobs.ts";
import type { CreatedBackend } from "../job-context.ts";
import { chooseEngine } from "./choose-engine.ts";
import { measureRate } from "./measure-rate.ts";

/** Throws BackendUnavailableError. */
export async function createBackend(
  choice: BackendChoice,
  { readKernels }: Pick<TfjsOptions, "readKernels">,
): Promise<CreatedBackend> {
  const createTfjs = () => createTfjsBackend({ readKernels });
  switch (choice) {
    case "webgpu":
      return { backend: await createWebgpuBackend() };
    case "tfjs":
      return { backend: await createTfjs() };
    case "reference":
      return { backend: createReferenceBackend() };
    case "auto": {
      let found: FoundAdapter | undefined;
      return chooseEngine({
        findAdapter: async () => {
          found = await findAdapter();
          return found;
        },
        createWebgpu: () => createWebgpuBackend(found),
        createTfjs,
        measureRate,
      });
    }
  }
}
