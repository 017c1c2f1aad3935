/** The trace over random probes; its parts are vᵀAv of each, and there are none of Hutch++. */
import { z } from "zod";
import { traceMethods } from "../../../experiment/curvature.ts";
import { numberField, textField } from "../../../experiment/url/url-field.ts";
import { curvatureRequest } from "./matrix.ts";
import type { StreamedMeasurement } from "./measurement.ts";

const schema = z
  .strictObject({
    method: z.enum(traceMethods).default("hutchinson"),
    products: z.int().min(3).max(10_000).default(30),
  })
  .prefault({});

export const trace: StreamedMeasurement<"trace", number, z.infer<typeof schema>> = {
  label: "Measure the trace",
  name: "Trace",
  panel: {
    title: "Trace and norm",
    labels: () => ["Method", "Products"],
  },
  schema,
  fields: [textField("trace", "trace.method"), numberField("traceProducts", "trace.products")],
  params: ({ method, products }, matrix) => ({ request: curvatureRequest(matrix), method, probes: products }),
  partOf: (event) => (event.kind === "probe" ? event.value : null),
  partsOf: () => [],
};
