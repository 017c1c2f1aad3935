/**
 * Reading the official archive cifar-10-binary.tar.gz, or the .tar that some browsers make of it, as a stream: gunzip
 * and untar on the way, nothing on disk, with bounds that a hostile archive cannot pass. The record files come out as
 * bytes; `record-files.ts` makes images of them.
 */
import { createTarDecoder, type ParsedTarEntry } from "modern-tar";
import { DataError, DataFormatError, messageOf } from "../../data-error.ts";
import { cifar10Facts } from "./facts.ts";
import { baseName, type NamedBytes, splitOfName } from "./record-files.ts";
import { cifar10RecordBytes } from "./records.ts";

export interface ArchiveOptions {
  readonly compression: "gzip" | "none";
  /** Names the archive in errors. */
  readonly where: string;
  readonly signal?: AbortSignal;
}

const { counts } = cifar10Facts;

/** The whole of CIFAR-10's records, and a mebibyte for headers, padding and the two text files. */
export const maxArchiveBytes = (counts.train + counts.test) * cifar10RecordBytes + 2 ** 20;
const maxFileBytes = counts.train * cifar10RecordBytes;
/** The official archive has nine. */
const maxEntries = 64;
/** Files of the official archive that hold no images, and far more bytes than they have. */
const ignoredNames = new Set(["batches.meta.txt", "readme.html"]);
const maxIgnoredBytes = 64 * 1024;

/** The record files of an archive. Throws DataFormatError; rejects with the signal's reason when it is aborted. */
export async function readCifar10Archive(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  options: ArchiveOptions,
): Promise<NamedBytes[]> {
  const decoder = createTarDecoder({ strict: true });
  const inflated = options.compression === "gzip" ? stream.pipeThrough(new DecompressionStream("gzip")) : stream;
  const [collected, pumped] = await Promise.allSettled([
    collectFiles(decoder.readable.getReader(), options.where),
    pump(inflated, decoder.writable, options),
  ]);
  options.signal?.throwIfAborted();
  if (collected.status === "fulfilled" && pumped.status === "fulfilled") {
    if (collected.value.length > 0) return collected.value;
    throw problem(options.where, "There are no record files in it.", "Use cifar-10-binary.tar.gz as published.");
  }
  // Each side's failure ends the other's work with an error that only says so: the cause is the one that is explained.
  const errors = [pumped, collected].flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  throw (
    errors.find((error) => error instanceof DataError) ??
    problem(
      options.where,
      `The tar archive is damaged or cut off (${messageOf(errors[0])})`,
      "Fetch the archive again.",
      errors[0],
    )
  );
}

/** Feeds bytes to the decoder as long as they are within bounds; on trouble, the decoder's entries fail with its cause. */
async function pump(
  inflated: ReadableStream<Uint8Array>,
  sink: WritableStream<Uint8Array>,
  { compression, where, signal }: ArchiveOptions,
): Promise<void> {
  const reader = inflated.getReader();
  const writer = sink.getWriter();
  try {
    let total = 0;
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read().catch((error: unknown) => {
        if (signal?.aborted || compression === "none") throw error;
        throw problem(
          where,
          `The gzip stream is damaged or cut off after ${total} bytes (${messageOf(error)})`,
          "Fetch the archive again.",
          error,
        );
      });
      if (done) break;
      total += value.length;
      if (total > maxArchiveBytes)
        throw problem(
          where,
          `It unpacks to more than ${maxArchiveBytes} bytes, which is more than the whole of CIFAR-10.`,
          "Use cifar-10-binary.tar.gz as published.",
        );
      await writer.write(value);
    }
    await writer.close();
  } catch (error) {
    await Promise.allSettled([writer.abort(error), reader.cancel(error)]);
    throw error;
  }
}

async function collectFiles(reader: ReadableStreamDefaultReader<ParsedTarEntry>, where: string): Promise<NamedBytes[]> {
  const files: NamedBytes[] = [];
  try {
    for (let entries = 0; ; entries++) {
      const { done, value: entry } = await reader.read();
      if (done) return files;
      if (entries === maxEntries)
        throw problem(where, `It has more than ${maxEntries} entries.`, "Use cifar-10-binary.tar.gz as published.");
      if (isRecordFile(entry, where)) files.push({ name: entry.header.name, bytes: await readBody(entry) });
      // Drained, not cancelled: in modern-tar 0.8.6, cancelling a body that is already buffered loses the next entry's.
      else await entry.body.pipeTo(new WritableStream());
    }
  } catch (error) {
    await reader.cancel(error).catch(() => undefined);
    throw error;
  }
}

/** Whether an entry holds records; false for folders and the archive's two text files. Throws for anything else. */
function isRecordFile({ header }: ParsedTarEntry, where: string): boolean {
  const name = baseName(header.name);
  const most = ignoredNames.has(name) ? maxIgnoredBytes : maxFileBytes;
  if (header.size > most)
    throw problem(
      `${where}, ${header.name}`,
      `The file is said to have ${header.size} bytes; it can have no more than ${most}.`,
      "Use cifar-10-binary.tar.gz as published.",
    );
  if (header.type === "directory" || ignoredNames.has(name)) return false;
  if (header.type === "file" && splitOfName(name) !== null) return true;
  if (/^(data_batch_\d|test_batch|batches\.meta)$/.test(name))
    throw problem(where, "This is CIFAR-10's Python version.", "Use the binary version, cifar-10-binary.tar.gz.");
  if (/^(fine|coarse)_label_names\.txt$/.test(name))
    throw problem(where, "This is CIFAR-100.", "Use CIFAR-10's binary version, cifar-10-binary.tar.gz.");
  throw problem(
    where,
    `It contains ${JSON.stringify(header.name)} (${header.type}), which is no part of CIFAR-10.`,
    "Use cifar-10-binary.tar.gz as published.",
  );
}

async function readBody({ header, body }: ParsedTarEntry): Promise<Uint8Array> {
  const bytes = new Uint8Array(header.size);
  const reader = body.getReader();
  let filled = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return bytes;
    bytes.set(value, filled);
    filled += value.length;
  }
}

const problem = (where: string, what: string, remedy: string, cause?: unknown): DataFormatError =>
  new DataFormatError({ where, what: what.endsWith(".") ? what : `${what}.`, remedy }, cause);
