/** CIFAR-10 out of files, in a browser or for the command line. */
import { detectFormat, formatHeadBytes } from "../../file-format.ts";
import type { ImageFileReader } from "../data-set.ts";
import { importCifar10 } from "./import.ts";
import { splitOfName } from "./record-files.ts";
import { parseCifar10Records } from "./records.ts";

export const cifar10Reader: ImageFileReader = {
  kind: "files",
  importFiles: importCifar10,
  splitOfName,
  readOneSplit: (bytes, where) =>
    detectFormat(bytes.subarray(0, formatHeadBytes)) === "unknown" ? parseCifar10Records(bytes, where) : null,
};
