/** What a file is, by its first bytes: names can be wrong, and browsers rename what they download. */

export type FileFormat = "gzip" | "tar" | "zip" | "parquet" | "unknown";

/** Bytes from a file's beginning that `detectFormat` looks at. */
export const formatHeadBytes = 512;

const startsWith = (head: Uint8Array, text: string, offset = 0): boolean =>
  [...text].every((character, i) => head[offset + i] === character.charCodeAt(0));

/** CIFAR's records have no signature, so they are `unknown`. A record's label, 0 … 9, begins none of these formats. */
export function detectFormat(head: Uint8Array): FileFormat {
  if (startsWith(head, "\x1f\x8b")) return "gzip";
  if (startsWith(head, "PK\x03\x04")) return "zip";
  if (startsWith(head, "PAR1")) return "parquet";
  return startsWith(head, "ustar", 257) && head[0] > 9 ? "tar" : "unknown";
}
