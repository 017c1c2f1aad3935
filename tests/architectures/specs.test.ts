/** Every family of networks keeps what it says of itself: its words fit its schema, and its schema fits its network. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { axisValues } from "../../src/app/stores/sweep/axis-text.ts";
import { fieldsOf, sharedFields } from "../../src/architectures/model-fields.ts";
import { createModel } from "../../src/architectures/networks.ts";
import {
  architectures,
  defaultModel,
  hasRunningStatistics,
  type ModelSpec,
  modelLabel,
  modelSchema,
  modelTitle,
} from "../../src/architectures/specs.ts";
import { selectTensors } from "../../src/curvature/selection.ts";
import { axesFor } from "../../src/experiment/sweep-axes.ts";
import { parseSweep } from "../../src/experiment/sweep-parse.ts";
import { specSection } from "../../src/experiment/url/url-sections.ts";

/** Names under which earlier versions wrote the family. */
const formerNames = ({ formerSchemas }: (typeof architectures)[number]): readonly unknown[] =>
  formerSchemas.flatMap((former) => {
    const written = z.toJSONSchema(former, { io: "input" }).properties?.name;
    return (typeof written === "object" && written.enum) || [];
  });

const image = { height: 32, width: 32, channels: 3 };

describe.each(architectures.map((architecture) => [architecture.name, architecture] as const))("%s", (name, family) => {
  const chosen = modelSchema.parse({ name, ...family.start, classes: 10 });
  const models: readonly ModelSpec[] = [chosen, ...family.checks];

  test("its table has words for every field of its schema, and for no other", () => {
    const own = Object.keys(family.schema.shape).filter((key) => key !== "name" && key !== "classes");
    expect(Object.keys(family.fields).sort()).toEqual(own.sort());
  });

  test("its models are in today's form already", () => {
    for (const model of models) expect(JSON.stringify(modelSchema.parse(model))).toBe(JSON.stringify(model));
  });

  test("whether it has running statistics is what its network says", () => {
    for (const model of models)
      expect([modelTitle(model), hasRunningStatistics(model)]).toEqual([
        modelTitle(model),
        createModel(model, image).stateLayout.length > 0,
      ]);
  });

  test("its example of a pattern fits some of its parameters and not all", () => {
    for (const model of models) {
      const { layout } = createModel(model, image);
      expect(selectTensors(layout, [family.parameterExample]).length).toBeLessThan(layout.entries.length);
    }
  });

  test("a title begins with the label, and tells its models apart", () => {
    for (const model of models) expect(modelTitle(model).startsWith(modelLabel(model))).toBe(true);
    expect(new Set(models.map(modelTitle)).size).toBe(models.length);
  });

  test("each of its sweep's axes takes its first values, in its own fields", () => {
    for (const axis of axesFor(chosen).filter(({ section }) => section === "model")) {
      const values = axisValues(axis, axis.words.sweep ?? "");
      const sweep = parseSweep({
        base: { model: chosen, data: { source: "synthetic" } },
        axes: { [axis.name]: values },
      });
      expect(sweep.axes[axis.name]).toEqual(values);
      expect(values.length).toBeGreaterThan(1);
    }
  });

  test("what it once wrote is read as today's", () => {
    for (const former of formerNames(family)) expect(modelSchema.parse({ name: former }).name).toBe(name);
  });
});

describe("families together", () => {
  test("of one name there is one; a link's key stands for one kind of value, and for nothing else", () => {
    const names = architectures.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, owners } of sharedFields())
      expect([name, new Set(owners.map(({ field }) => textKind(field.kind))).size]).toEqual([name, 1]);
    const keys = specSection.fields.map(({ key }) => key);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  test("what a link that names no model stands for is the first", () => {
    expect(defaultModel.name).toBe(architectures[0].name);
    expect(fieldsOf(defaultModel).length).toBeGreaterThan(0);
  });
});

/** How a link writes a value. */
function textKind(kind: ReturnType<typeof fieldsOf>[number]["kind"]): string {
  if (kind.kind === "choice") return typeof kind.values[0];
  return kind.kind;
}

describe("no file outside src/architectures", () => {
  /** Where a model to begin with has to be named. */
  const mayName = [
    "src/app/stores/settings/presets.ts",
    "src/app/stores/settings/published-presets.ts",
    "src/jobs/benchmark.ts",
  ];
  const root = new URL("../../", import.meta.url);
  const files = readdirSync(new URL("src/", root), { recursive: true, encoding: "utf8" })
    .map((path) => `src/${path.replaceAll("\\", "/")}`)
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("src/architectures/") && !mayName.includes(path));

  test("names a family", () => {
    const names = architectures.flatMap((family) => [family.name, ...formerNames(family)]);
    const quoted = new RegExp(`["'\`](${names.join("|")})\\b["'\`]`);
    const found = files.filter((path) => quoted.test(readFileSync(new URL(path, root), "utf8")));
    expect(found).toEqual([]);
  });
});
