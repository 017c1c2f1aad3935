/** Two convolutions and a dense layer, as in the studies of the edge of stability (Cohen et al. 2021): the specification's part, and its words. */
import { z } from "zod";
import { activation, activationTitles, activationWords } from "../activation-field.ts";
import type { Architecture } from "../architecture.ts";
import { classes, count, pooling, poolingWords } from "../common-fields.ts";

const schema = z.strictObject({
  name: z.enum(["cnn"]),
  channels: count(1024).default(32).describe("Channels of each of the two convolutions."),
  activation,
  pooling,
  classes,
});

export type CnnSpec = z.infer<typeof schema>;

const label = ({ channels }: CnnSpec) => `CNN ${channels}–${channels}`;

export const cnn = {
  name: "cnn",
  family: "CNN of two layers",
  schema,
  formerSchemas: [],
  fields: {
    channels: { label: "Channels", word: "channels", sweep: "16, 32" },
    activation: activationWords,
    pooling: poolingWords,
  },
  start: { activation: "tanh" },
  parameterExample: "3.*",
  checks: [{ name: "cnn", channels: 8, activation: "softplus", pooling: "average", classes: 10 }],
  title: (spec) =>
    `${label(spec)}, ${activationTitles[spec.activation]}${spec.pooling === "max" ? "" : `, ${spec.pooling} pooling`}`,
  label,
  hasRunningStatistics: () => false,
} satisfies Architecture<CnnSpec>;
