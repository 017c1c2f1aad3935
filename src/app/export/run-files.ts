/** A run's files: weights out and in as safetensors, its spec as JSON. */
import { modelLabel } from "../../architectures/specs.ts";
import type { SessionStores } from "../context/session.ts";
import { notify } from "../kit/notify.ts";
import { saveFile } from "../kit/save-file.ts";

/** Rejects when there are no weights, or with the job's error. */
export async function saveWeights({ runner, training }: Pick<SessionStores, "runner" | "training">): Promise<void> {
  const { checkpoint } = training.getState();
  if (!checkpoint) throw new Error("There are no weights yet. Train first.");
  const { spec, weights, step } = checkpoint;
  const bytes = await runner().start("exportCheckpoint", { spec, weights }).result;
  const name = modelLabel(spec.model)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  saveFile(`basin-${name}-step${step}.safetensors`, new Blob([bytes], { type: "application/octet-stream" }));
}

/** Weights of the chosen model from a state dict; they take the place of the run on the page. */
export async function loadWeights(
  { runner, settings, training }: Pick<SessionStores, "runner" | "settings" | "training">,
  file: File,
): Promise<void> {
  const { spec } = settings.getState().current;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const weights = await runner().start("importCheckpoint", { spec, bytes }).result;
  training.getState().adopt({
    runId: null,
    checkpoint: { spec, step: 0, weights, moments: [], epochs: [], batchLosses: new Float32Array(0) },
    status: "stopped",
    origin: `from ${file.name}`,
  });
  notify("Weights loaded", `${file.name} fits the chosen model. Measure the surface around it, or train from there.`);
}

export async function copySpec({ settings }: Pick<SessionStores, "settings">): Promise<void> {
  await navigator.clipboard.writeText(JSON.stringify(settings.getState().current.spec, null, 2));
  notify("Experiment copied", "It runs with npm run basin -- train SPEC.json --out RUN.");
}
