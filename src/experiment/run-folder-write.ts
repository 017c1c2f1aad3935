/** A run's folder from what is kept of the run. */
import { writeCheckpointFile, writeOptimizerFile } from "./checkpoint-files.ts";
import { type ResultName, resultNames } from "./measurements/list.ts";
import { metricsToCsv } from "./metrics.ts";
import { type FolderFiles, fileNames, pointFileName, type RunContent, type TensorNames } from "./run-folder.ts";
import { runToJson } from "./run-folder-document.ts";
import { resultToFiles } from "./run-folder-results.ts";
import { surfaceToJson, surfaceToNpz } from "./surface-files.ts";

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** `names` are those of the run's own model. */
export function writeRunFolder(content: RunContent, names: TensorNames): FolderFiles {
  const { spec, epochs, note } = content.record;
  return {
    [fileNames.run]: encode(runToJson(content)),
    [fileNames.spec]: encode(`${JSON.stringify(spec, null, 2)}\n`),
    [fileNames.metrics]: encode(metricsToCsv(epochs)),
    ...(note !== "" && { [fileNames.notes]: encode(note) }),
    ...checkpointFiles(content, names),
    ...surfaceFiles(content),
    ...resultFiles(content, names),
    ...pointFiles(content, names),
  };
}

const pointFiles = ({ record: { spec }, trajectory }: RunContent, names: TensorNames): FolderFiles =>
  Object.fromEntries(
    trajectory.map(({ step, weights }) => [
      pointFileName(step),
      writeCheckpointFile({ tensors: names.stateDict(weights), spec, step }),
    ]),
  );

function checkpointFiles({ checkpoint }: RunContent, names: TensorNames): FolderFiles {
  if (!checkpoint) return {};
  const { spec, step, weights, moments, epochs, batchLosses } = checkpoint;
  return {
    [fileNames.checkpoint]: writeCheckpointFile({ tensors: names.stateDict(weights), spec, step }),
    [fileNames.optimizer]: writeOptimizerFile({
      moments: moments.map((moment) => names.tensors(moment)),
      spec,
      step,
      epochs,
      batchLosses,
    }),
  };
}

const surfaceFiles = ({ surface }: RunContent): FolderFiles =>
  surface
    ? { [fileNames.surface]: encode(surfaceToJson(surface)), [fileNames.surfaceValues]: surfaceToNpz(surface) }
    : {};

/** All documents before all vectors: an archive's bytes depend on the order. */
function resultFiles({ results }: RunContent, names: TensorNames): FolderFiles {
  const filesOf = <Name extends ResultName>(name: Name) => {
    const kept = results[name];
    return kept ? Object.entries(resultToFiles(name, kept.result, names)) : [];
  };
  const files = resultNames
    .flatMap(filesOf)
    .map(([file, content]) => [file, typeof content === "string" ? encode(content) : content] as const);
  const isDocument = ([file]: (typeof files)[number]) => file.endsWith(".json");
  return Object.fromEntries([...files.filter(isDocument), ...files.filter((file) => !isDocument(file))]);
}
