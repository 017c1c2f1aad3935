/** Curvature of every layer's own block; its parts are the layers. */
import { z } from "zod";
import type { LayerCurvature } from "../../../experiment/curvature.ts";
import { numberField } from "../../../experiment/url/url-field.ts";
import { curvatureRequest, solverOf } from "./matrix.ts";
import type { StreamedMeasurement } from "./measurement.ts";

const schema = z
  .strictObject({ top: z.int().min(1).max(20).default(1), probes: z.int().min(2).max(1000).default(10) })
  .prefault({});

export const layers: StreamedMeasurement<"layers", LayerCurvature, z.infer<typeof schema>> = {
  label: "Measure each layer",
  name: "Layers",
  panel: {
    title: "Layers",
    labels: () => ["Top eigenpairs per layer", "Probes per layer"],
  },
  schema,
  fields: [numberField("layerTop", "layers.top"), numberField("layerProbes", "layers.probes")],
  params: (own, matrix) => ({ request: curvatureRequest(matrix), ...own, ...solverOf(matrix) }),
  partOf: (event) => (event.kind === "layer" ? event.layer : null),
  partsOf: (result) => result.layers,
};
