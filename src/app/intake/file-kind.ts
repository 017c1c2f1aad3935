/** What dropped files are for, by their names, and what is said of those that Basin cannot read. */
import { type DataSetId, dataSetFacts, factsOf } from "../../data/sets/facts.ts";
import { areRunFiles } from "../runs/import-runs.ts";

export type FileKind =
  | { readonly kind: "runs" }
  | { readonly kind: "weights"; readonly file: File }
  | { readonly kind: "images"; readonly set: DataSetId }
  /** The endings of the names, each once; a name without one as it is. */
  | { readonly kind: "foreign"; readonly endings: readonly string[] };

const weightsEnding = ".safetensors";

/** `chosen`: the data set of the experiment, which comes first where a file may be of several. */
export function kindOfFiles(files: readonly File[], chosen: DataSetId): FileKind {
  if (areRunFiles(files)) return { kind: "runs" };
  const weights = files.find(({ name }) => hasEnding(name, [weightsEnding]));
  if (weights) return { kind: "weights", file: weights };
  const foreign = files.filter(({ name }) => !dataSetFacts.some(({ id }) => mayHold(id, name)));
  if (foreign.length > 0) return { kind: "foreign", endings: [...new Set(foreign.map(({ name }) => endingOf(name)))] };
  const candidates = [chosen, ...dataSetFacts.map(({ id }) => id)];
  const set = candidates.find((id) => files.every(({ name }) => mayHold(id, name)));
  return set ? { kind: "images", set } : { kind: "foreign", endings: files.map(({ name }) => endingOf(name)) };
}

const hasEnding = (name: string, endings: readonly string[]) =>
  endings.some((ending) => name.toLowerCase().endsWith(ending));

const mayHold = (id: DataSetId, name: string): boolean => hasEnding(name, factsOf(id).files?.endings ?? []);

function endingOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot).toLowerCase() : name;
}

/** All that can be dropped, as it stands after "Drop" or "Basin reads". */
export function readableFiles(): string {
  const images = dataSetFacts.flatMap((facts) => {
    const { files } = factsOf(facts.id);
    return files ? [`${files.words} (images of ${facts.title})`] : [];
  });
  return [...images, `${weightsEnding} (weights)`, ".zip or folders (runs)"].join("; ");
}
