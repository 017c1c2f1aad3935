/** LeNet-5 (LeCun et al. 1998): the specification's part, and its words. */
import { z } from "zod";
import { activation, activationTitles, activationWords } from "../activation-field.ts";
import type { Architecture } from "../architecture.ts";
import { classes, pooling, poolingWords } from "../common-fields.ts";

const schema = z.strictObject({ name: z.enum(["lenet"]), activation, pooling, classes });

export type LenetSpec = z.infer<typeof schema>;

const title = (spec: LenetSpec) =>
  [
    "LeNet-5",
    ...(spec.activation === "relu" ? [] : [activationTitles[spec.activation]]),
    ...(spec.pooling === "max" ? [] : [`${spec.pooling} pooling`]),
  ].join(", ");

export const lenet = {
  name: "lenet",
  family: "LeNet-5",
  schema,
  formerSchemas: [],
  fields: { activation: activationWords, pooling: poolingWords },
  start: {},
  parameterExample: "fc*.weight",
  checks: [{ name: "lenet", activation: "elu", pooling: "average", classes: 10 }],
  title,
  label: () => "LeNet-5",
  hasRunningStatistics: () => false,
} satisfies Architecture<LenetSpec>;
