/** run.json: who a run is, and of which training steps its results and its path's points are. */
import { z } from "zod";
import { NewerVersionError, ResultFileError } from "./experiment-error.ts";
import { repeatedKey } from "./json-keys.ts";
import { resultNames } from "./measurements/list.ts";
import { fileNames, type RunContent } from "./run-folder.ts";
import { colourSchema, nameSchema, tagsSchema } from "./run-labels.ts";
import { runStatuses } from "./storage/run-record.ts";

const format = "basin-run";
const version = 1;

const step = z.int().min(0);
const documentSchema = z.strictObject({
  format: z.literal(format),
  version: z.literal(version),
  id: z.string().regex(/^[\w.-]{1,100}$/, "letters, digits, - _ and . only, at most 100"),
  name: nameSchema,
  colour: colourSchema,
  tags: tagsSchema,
  created: z.iso.datetime({ offset: true }),
  status: z.enum(runStatuses),
  /** Null for a surface of which the step is not known. */
  surfaceStep: step.nullable().optional(),
  resultSteps: z.partialRecord(z.enum(resultNames), step),
  /** Steps of the recorded points, whose files must all be there; absent for none. */
  trajectorySteps: z.array(step).optional(),
});

export type RunDocument = z.infer<typeof documentSchema>;

export function runToJson({ record, surface, results, trajectory }: RunContent): string {
  const { id, name, colour, tags, created, status } = record;
  const steps = resultNames.flatMap((result) => (results[result] ? [[result, results[result].step] as const] : []));
  const document: RunDocument = {
    format,
    version,
    id,
    name,
    colour,
    tags: [...tags],
    created,
    status,
    ...(surface && { surfaceStep: surface.step ?? null }),
    resultSteps: Object.fromEntries(steps),
    ...(trajectory.length > 0 && { trajectorySteps: trajectory.map((point) => point.step) }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** `where` names the folder. Throws ResultFileError, or NewerVersionError for a folder of a later version of Basin. */
export function runFromJson(text: string, where: string): RunDocument {
  const place = `${where}, ${fileNames.run}`;
  try {
    const value: unknown = JSON.parse(text);
    refuseNewer(value, place);
    const repeated = repeatedKey(text);
    if (repeated !== null) throw new Error(`${repeated} is given twice`);
    return documentSchema.parse(value);
  } catch (error) {
    if (error instanceof NewerVersionError) throw error;
    const reason =
      error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);
    throw new ResultFileError(
      { where: place, what: `It can't be read: ${reason}.`, remedy: "Undo what was changed in it, or export again." },
      error,
    );
  }
}

function refuseNewer(value: unknown, where: string): void {
  const found = z.object({ format: z.literal(format), version: z.int().gt(version) }).safeParse(value);
  if (!found.success) return;
  throw new NewerVersionError({
    where,
    what: `It has format version ${found.data.version}, and this version of Basin reads up to ${version}.`,
    remedy: "Update Basin, or export the run again from an older one.",
  });
}
