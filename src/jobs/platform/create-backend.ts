/** The backend that a choice names, on any platform. */
import { type Backend, BackendUnavailableError } from "../../backends/backend.ts";
import { createReferenceBackend } from "../../backends/reference/backend.ts";
import { createTfjsBackend, type TfjsOptions } from "../../backends/tfjs/backend.ts";
import { createWebgpuBackend } from "../../backends/webgpu/backend.ts";
import type { BackendChoice } from "../device-jobs.ts";

/** `auto`: WebGPU, else tfjs with the reason as `note`. Throws BackendUnavailableError. */
export async function createBackend(
  choice: BackendChoice,
  { readKernels }: Pick<TfjsOptions, "readKernels">,
): Promise<{ readonly backend: Backend; readonly note?: string }> {
  switch (choice) {
    case "webgpu":
      return { backend: await createWebgpuBackend() };
    case "tfjs":
      return { backend: await createTfjsBackend({ readKernels }) };
    case "reference":
      return { backend: createReferenceBackend() };
    case "auto":
      try {
        return { backend: await createWebgpuBackend() };
      } catch (error) {
        if (!(error instanceof BackendUnavailableError)) throw error;
        return { backend: await createTfjsBackend({ readKernels }), note: error.message };
      }
  }
}
