/** A spectrum's folder: spectrum.json, and eigenvectors.safetensors with a leading axis that numbers the pairs. */
import { join } from "node:path";
import type { Spectrum } from "../experiment/curvature.ts";
import { spectrumFromJson, spectrumToJson } from "../experiment/curvature-files.ts";
import { readSafetensors } from "../experiment/safetensors/read-safetensors.ts";
import { writeSafetensors } from "../experiment/safetensors/write-safetensors.ts";
import type { Spec } from "../experiment/spec.ts";
import { stackTensors, unstackTensors } from "../experiment/stacked-tensors.ts";
import { modelOf } from "../jobs/problem.ts";
import { packTensors, unpackTensors } from "../models/state-dict.ts";
import { blame, readInput } from "./inputs.ts";

const documentName = "spectrum.json";
const vectorsName = "eigenvectors.safetensors";

export function spectrumFiles(spectrum: Spectrum): Record<string, string | Uint8Array> {
  const { layout } = modelOf(spectrum.report.spec);
  const tensors = stackTensors(spectrum.vectors.map((vector) => unpackTensors(layout, vector)));
  return {
    [documentName]: spectrumToJson(spectrum),
    [vectorsName]: writeSafetensors({ tensors, metadata: { format: "pt" } }),
  };
}

/** The spectrum of a folder, its vectors of the model that `spec` names. */
export async function readSpectrumFolder(folder: string, spec: Spec): Promise<Spectrum> {
  const [document, vectors] = [documentName, vectorsName].map((name) => join(folder, name));
  const [json, bytes] = await Promise.all([readInput(document), readInput(vectors)]);
  const found = await blame(document, async () => spectrumFromJson(json.toString("utf8")));
  const model = modelOf(spec);
  return blame(vectors, async () => {
    const { tensors } = readSafetensors(bytes);
    const vectors = Array.from(found.eigenvalues, (_, k) => packTensors(model, unstackTensors(tensors, k)));
    return { ...found, vectors };
  });
}
