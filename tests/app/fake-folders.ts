/** The fake runner's run folders: flat vectors as one tensor each, whatever the model. */
import type { TensorNames } from "../../src/experiment/run-folder.ts";
import { readRunFolder } from "../../src/experiment/run-folder-read.ts";
import { writeRunFolder } from "../../src/experiment/run-folder-write.ts";
import { zipFolder } from "../../src/experiment/run-folder-zip.ts";
import type { NamedTensor } from "../../src/experiment/safetensors/named-tensor.ts";
import { readZip } from "../../src/experiment/zip/read-zip.ts";
import type { JobParams } from "../../src/jobs/jobs.ts";

const tensor = (name: string, data: Float32Array): NamedTensor => ({ name, shape: [data.length], data });

export const fakeNames: TensorNames = {
  stateDict: ({ theta, state }) => [tensor("theta", theta), tensor("state", state)],
  weights: ([theta, state]) => ({ theta: theta.data, state: state.data }),
  tensors: (vector) => [tensor("theta", vector)],
  vector: ([theta]) => theta.data,
};

export const fakeFolders = {
  exportRun: async ({ run, folder }: JobParams<"exportRun">) => zipFolder(folder, writeRunFolder(run, fakeNames)),
  unpackZip: async ({ file, where }: JobParams<"unpackZip">) => [
    ...readZip(new Uint8Array(await file.arrayBuffer()), where),
  ],
  importRun: async ({ files, where, identity }: JobParams<"importRun">) =>
    readRunFolder(files, { where, namesOf: () => fakeNames, newIdentity: () => identity }),
};
