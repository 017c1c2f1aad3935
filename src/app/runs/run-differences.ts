/** What differs between two runs of one id, by the files that their folders would hold. */
import { fileNames, type RunContent, stepOfPointFile } from "../../experiment/run-folder.ts";
import type { ZipEntry } from "../../experiment/zip/write-zip.ts";
import type { JobRunner } from "../../jobs/jobs.ts";

const words: Readonly<Record<string, string>> = {
  [fileNames.run]: "labels and status",
  [fileNames.notes]: "note",
  [fileNames.spec]: "settings",
  [fileNames.metrics]: "figures of the epochs",
  [fileNames.checkpoint]: "weights",
  [fileNames.optimizer]: "state of the optimiser",
  [fileNames.surface]: "surface",
  [fileNames.surfaceValues]: "surface",
};

const wordsOf = (path: string): string => {
  const name = path.split("/").at(-1) ?? path;
  return (
    words[name] ?? (stepOfPointFile(name) === null ? name.replace(/\.(json|safetensors)$/, "") : "path of training")
  );
};

/** Differences in words, each once; none for equal runs. */
export async function differences(runner: JobRunner, one: RunContent, other: RunContent): Promise<readonly string[]> {
  const [mine, theirs] = await Promise.all([entriesOf(runner, one), entriesOf(runner, other)]);
  const differing = [...new Set([...mine.keys(), ...theirs.keys()])].filter(
    (path) => mine.get(path) !== theirs.get(path),
  );
  return [...new Set(differing.map(wordsOf))];
}

async function entriesOf(runner: JobRunner, run: RunContent): Promise<ReadonlyMap<string, string>> {
  const { entries } = await runner.start("exportRun", { run, folder: "run" }).result;
  const contentOf = ({ checksum, byteLength }: ZipEntry) => `${byteLength} ${checksum}`;
  return new Map(entries.map((entry) => [entry.path, contentOf(entry)]));
}
