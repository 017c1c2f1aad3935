/** A spectrum's folder: spectrum.json, and eigenvectors.safetensors with a leading axis that numbers the pairs. */
import { join } from "node:path";
import type { Spectrum } from "../experiment/curvature.ts";
import { spectrumFromJson } from "../experiment/curvature-files.ts";
import { readSafetensors } from "../experiment/safetensors/read-safetensors.ts";
import type { Spec } from "../experiment/spec.ts";
import { unstackTensors } from "../experiment/stacked-tensors.ts";
import { modelOf } from "../jobs/problem.ts";
import { packTensors } from "../models/state-dict.ts";
import { blame, readInput } from "./inputs.ts";
import { resultFileNames } from "./result-files.ts";

/** The spectrum of a folder, its vectors of the model that `spec` names. */
export async function readSpectrumFolder(folder: string, spec: Spec): Promise<Spectrum> {
  const [document, vectors] = resultFileNames("spectrum").map((name) => join(folder, name));
  const [json, bytes] = await Promise.all([readInput(document), readInput(vectors)]);
  const found = await blame(document, async () => spectrumFromJson(json.toString("utf8")));
  const model = modelOf(spec);
  return blame(vectors, async () => {
    const { tensors } = readSafetensors(bytes);
    const vectors = Array.from(found.eigenvalues, (_, k) => packTensors(model, unstackTensors(tensors, k)));
    return { ...found, vectors };
  });
}
