/** What is compared and how: which runs, which surfaces are measured around them, how these are drawn. Its keys in a link. */
import { z } from "zod";
import { SpecError } from "../../../experiment/spec-error.ts";
import { surfaceViewSchema } from "../../../experiment/surface-view.ts";
import type { UrlSection } from "../../../experiment/url/url-codec.ts";
import { booleanField, textField, type UrlField } from "../../../experiment/url/url-field.ts";
import { surfaceSection } from "../../../experiment/url/url-sections.ts";
import { viewSection, viewSettingsSchema } from "../../figure/view-settings.ts";

export const drawings = ["relief", "map", "line"] as const;
/** Reliefs in three dimensions, maps from above, or the profile along α where β is 0. */
export type Drawing = (typeof drawings)[number];

export const mostRuns = 6;

export const compareSettingsSchema = z.strictObject({
  /** Ids in the order of the panes; null while nobody has chosen. */
  runs: z
    .array(z.string().min(1).max(200))
    .max(mostRuns)
    .refine((ids) => new Set(ids).size === ids.length, "Give every run once.")
    .nullable()
    .default(null),
  drawing: z.enum(drawings).default("relief"),
  /** One viewpoint for all reliefs. */
  linked: z.boolean().default(true),
  /** One range of values, and with it one colour scale, for all. */
  sharedRange: z.boolean().default(true),
  /** The same for every run: seeds name one draw, numbers of eigenvectors each run's own. */
  surface: surfaceViewSchema,
  view: viewSettingsSchema.prefault({}),
});

export type CompareSettings = z.infer<typeof compareSettingsSchema>;

/** Six surfaces of the usual 51 × 51 points would be a long wait before the first look. */
const usualGrid = { alpha: { count: 25 }, beta: { count: 25 } };

export const defaultCompareSettings: CompareSettings = compareSettingsSchema.parse({ surface: usualGrid });

/** No list of encoded ids reads so. Not written: it is the default. */
const nobodyChose = "+";

const runsField: UrlField = {
  key: "compareRuns",
  paths: ["runs"],
  format: ([ids]) => (ids as readonly string[] | null)?.map(encodeURIComponent).join(",") ?? nobodyChose,
  parse: (text) => {
    if (text === nobodyChose) return [null];
    return [text === "" ? [] : text.split(",").map(decodeId)];
  },
};

/** An id that is not well encoded stands for itself, and names a run that is not there. */
function decodeId(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Keys of a section within this one: `grid` becomes `compareGrid`. */
const within = (part: "surface" | "view", fields: readonly UrlField[]): UrlField[] =>
  fields.map(({ key, paths, format, parse }) => {
    const longKey = `compare${key[0].toUpperCase()}${key.slice(1)}`;
    return {
      key: longKey,
      paths: paths.map((path) => `${part}.${path}`),
      format,
      parse: (text) => renaming(key, longKey, () => parse(text)),
    };
  });

/** What is wrong with a text is said of the key that it stands under. */
function renaming<T>(key: string, longKey: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    const inKey = (words: string) => words.replace(new RegExp(`^${key}\\b`), longKey);
    throw new SpecError(
      longKey,
      error.problems.map((problem) => ({ ...problem, path: inKey(problem.path), what: inKey(problem.what) })),
    );
  }
}

export const compareSection: UrlSection<CompareSettings> = {
  schema: compareSettingsSchema,
  rules: [
    ...surfaceSection.rules.map(({ fields: [first, ...others], check }) => ({
      fields: [`surface.${first}`, ...others.map((field) => `surface.${field}`)] as [string, ...string[]],
      check: ({ surface }: CompareSettings) => check(surface),
    })),
    ...viewSection.rules.map(({ fields: [first, ...others], check }) => ({
      fields: [`view.${first}`, ...others.map((field) => `view.${field}`)] as [string, ...string[]],
      check: ({ view }: CompareSettings) => check(view),
    })),
  ],
  start: { surface: usualGrid },
  choices: [],
  fields: [
    runsField,
    textField("compareAs", "drawing"),
    booleanField("compareLinked", "linked"),
    booleanField("compareOneRange", "sharedRange"),
    ...within("surface", surfaceSection.fields),
    ...within("view", viewSection.fields),
  ],
};
