/**
 * The header of a .safetensors file: JSON that gives each tensor's number format, shape and place in the data. Checks
 * what the format's reference library checks (size, offsets that touch without holes or overlaps, sizes that fit) and
 * also refuses repeated names, which that library does not see.
 */
import { z } from "zod";
import { SafetensorsError } from "../experiment-error.ts";
import { repeatedKey } from "../json-keys.ts";
import { type Dtype, dtypes } from "./dtypes.ts";
import { elementCount } from "./named-tensor.ts";

/** Longest header that is read, the same as in the reference library. */
export const maxHeaderBytes = 100_000_000;
export const metadataKey = "__metadata__";

export interface HeaderEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  /** First byte of the tensor, from the start of the data. */
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  /** Entries in the order of their data. */
  readonly entries: readonly HeaderEntry[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Where the data starts in the file. */
  readonly dataStart: number;
}

const size = z.int().min(0);
const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(size).max(16),
  data_offsets: z.tuple([size, size]),
});

export function fail(what: string, remedy: string, where = "Safetensors file"): never {
  throw new SafetensorsError({ where, what, remedy });
}

const remake = "Write the file again, with the format's own library or with Basin.";
const refetch = "Copy or download it again: it is not whole.";

/** Throws SafetensorsError. */
export function parseHeader(file: Uint8Array): Header {
  const headerBytes = readHeaderSize(file);
  const dataStart = 8 + headerBytes;
  const fields = parseFields(file.subarray(8, dataStart));
  const metadata = fields[metadataKey] ?? {};
  if (!isTextMap(metadata)) return fail(`${metadataKey} is not a map of texts.`, remake);
  const entries = Object.entries(fields)
    .filter(([name]) => name !== metadataKey)
    .map(([name, value]) => parseEntry(name, value))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkLayout(entries, file.length - dataStart);
  return { entries, metadata, dataStart };
}

function readHeaderSize(file: Uint8Array): number {
  if (file.length < 8) fail(`It has ${file.length} bytes, fewer than the 8 of a header's length.`, refetch);
  const length = new DataView(file.buffer, file.byteOffset).getBigUint64(0, true);
  if (length > maxHeaderBytes)
    fail(
      `Its header would have ${length} bytes; the format allows ${maxHeaderBytes}.`,
      "Check that it is a .safetensors file.",
    );
  if (8 + Number(length) > file.length)
    fail(`Its header should have ${length} bytes, and the file ends after ${file.length - 8} of them.`, refetch);
  return Number(length);
}

function parseFields(bytes: Uint8Array): Record<string, unknown> {
  let text: string;
  let fields: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    fields = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    fail(`Its header is not JSON in UTF-8 (${reason}).`, "Check that it is a .safetensors file and whole.");
  }
  if (!text.startsWith("{")) fail("Its header is not a JSON object.", remake);
  const repeated = repeatedKey(text);
  if (repeated !== null) fail(`Its header gives ${JSON.stringify(repeated)} twice.`, remake);
  return fields as Record<string, unknown>;
}

function isTextMap(value: unknown): value is Record<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((text) => typeof text === "string");
}

function parseEntry(name: string, value: unknown): HeaderEntry {
  const where = `Tensor ${JSON.stringify(name)}`;
  const entry = entrySchema.safeParse(value);
  if (!entry.success) {
    const { path, message } = entry.error.issues[0];
    fail(`Its header entry is malformed at ${path.join(".") || "its root"} (${message}).`, remake, where);
  }
  const {
    shape,
    data_offsets: [begin, end],
  } = entry.data;
  const dtype = dtypes.get(entry.data.dtype);
  if (!dtype)
    fail(
      `Its number format is ${entry.data.dtype}; read here are ${[...dtypes.keys()].join(", ")}.`,
      "Convert it to F32 before saving: tensor.float() in PyTorch.",
      where,
    );
  const expected = elementCount(shape) * dtype.bytes;
  if (end - begin !== expected)
    fail(
      `Shape [${shape.join(", ")}] in ${entry.data.dtype} takes ${expected} bytes, and its offsets ${begin} to ${end} span ${end - begin}.`,
      remake,
      where,
    );
  return { name, shape, dtype, begin, end };
}

function checkLayout(entries: readonly HeaderEntry[], dataBytes: number): void {
  let covered = 0;
  for (const { name, begin, end } of entries) {
    const where = `Tensor ${JSON.stringify(name)}`;
    if (begin > covered) fail(`Bytes ${covered} to ${begin} before it belong to no tensor.`, remake, where);
    if (begin < covered)
      fail(`It starts at byte ${begin}, inside the tensor before it, which ends at ${covered}.`, remake, where);
    if (end > dataBytes) fail(`It ends at byte ${end} of the data, and the file has ${dataBytes}.`, refetch, where);
    covered = end;
  }
  if (covered < dataBytes) fail(`${dataBytes - covered} bytes after the last tensor belong to none.`, remake);
}
