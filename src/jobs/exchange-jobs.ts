/** Checkpoints and runs to files and back. Types only. */
import type { FolderFiles, RunContent } from "../experiment/run-folder.ts";
import type { Spec } from "../experiment/spec.ts";
import type { RunRecord } from "../experiment/storage/run-record.ts";
import type { Weights } from "../experiment/weights.ts";
import type { ZipPart } from "../experiment/zip/write-zip.ts";

export interface ExchangeJobs {
  /** Weights as safetensors bytes, in PyTorch's layouts and names. */
  exportCheckpoint: {
    params: { readonly spec: Spec; readonly weights: Weights };
    event: never;
    control: never;
    result: Uint8Array<ArrayBuffer>;
  };
  /** The reverse: a state dict's safetensors bytes as weights of the spec's model. Rejects with what does not fit. */
  importCheckpoint: {
    params: { readonly spec: Spec; readonly bytes: Uint8Array<ArrayBuffer> };
    event: never;
    control: never;
    result: Weights;
  };
  /** A run as its folder of this name in a zip file. */
  exportRun: {
    params: { readonly run: RunContent; readonly folder: string };
    event: never;
    control: never;
    result: ZipPart;
  };
  /** The files of a zip archive by path, every one held against its checksum. `where` names it in messages. */
  unpackZip: {
    params: { readonly file: Blob; readonly where: string };
    event: never;
    control: never;
    result: readonly (readonly [path: string, bytes: Uint8Array<ArrayBuffer>])[];
  };
  /** A run from the files of its folder, checked as a whole. `identity` is for a folder that says nothing of who it is. */
  importRun: {
    params: {
      readonly files: FolderFiles;
      /** Names the folder in messages. */
      readonly where: string;
      readonly identity: Pick<RunRecord, "id" | "name" | "created">;
    };
    event: never;
    control: never;
    result: RunContent;
  };
}
