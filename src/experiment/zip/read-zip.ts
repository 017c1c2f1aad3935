/**
 * The files of a zip archive, whoever wrote it: its directory is held against the archive's own length, every content against
 * its checksum, and no more memory is taken than the directory owns up to and the limit allows.
 */
import { inflateSync } from "fflate";
import { ResultFileError } from "../experiment-error.ts";
import { crc32 } from "../storage/crc32.ts";
import { centralBytes, endBytes, localBytes, signatures } from "./write-zip.ts";

interface Entry {
  readonly path: string;
  readonly flags: number;
  readonly method: number;
  readonly checksum: number;
  readonly packedBytes: number;
  readonly byteLength: number;
  readonly headerOffset: number;
}

const stored = 0;
const deflated = 8;
const isEncrypted = 1;
const maxCommentBytes = 0xffff;
const maxUnpackedBytes = 2 * 2 ** 30;
/** A hundred thousand would take longer to list than to read. */
const maxFiles = 20_000;

/** Contents by path, with "/" between its steps. `where` names the archive. Throws ResultFileError. */
export function readZip(file: Uint8Array<ArrayBuffer>, where: string): Map<string, Uint8Array<ArrayBuffer>> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const entries = readDirectory(file, view, where).filter(({ path }) => !path.endsWith("/"));
  const total = entries.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (total > maxUnpackedBytes)
    throw fault(where, "Unpacked it would take more than 2 GiB.", "Import its runs in several parts.");
  const contents = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const entry of entries) {
    const path = safePath(entry.path, where);
    if (contents.has(path))
      throw fault(`${where}, ${path}`, "It is there twice.", "Take one of the two out of the archive.");
    contents.set(path, readContent(file, view, entry, `${where}, ${path}`, where));
  }
  return contents;
}

function readDirectory(file: Uint8Array, view: DataView, where: string): Entry[] {
  const end = findEnd(view);
  if (end === null) throw broken(where, "it has no directory");
  const [count, offset] = [view.getUint16(end + 10, true), view.getUint32(end + 16, true)];
  if (count === 0xffff || offset === 0xffffffff)
    throw fault(where, "It is a zip file of the kind for more than 4 GiB.", "Pack fewer runs into one.");
  if (count > maxFiles)
    throw fault(where, `It holds ${count} files, more than ${maxFiles}.`, "Import its runs in several parts.");
  const entries: Entry[] = [];
  let position = offset;
  for (let index = 0; index < count; index++) {
    if (position + centralBytes > end || view.getUint32(position, true) !== signatures.central)
      throw broken(where, "its directory is cut off");
    const nameBytes = view.getUint16(position + 28, true);
    entries.push({
      path: new TextDecoder().decode(file.subarray(position + centralBytes, position + centralBytes + nameBytes)),
      flags: view.getUint16(position + 8, true),
      method: view.getUint16(position + 10, true),
      checksum: view.getUint32(position + 16, true),
      packedBytes: view.getUint32(position + 20, true),
      byteLength: view.getUint32(position + 24, true),
      headerOffset: view.getUint32(position + 42, true),
    });
    position += centralBytes + nameBytes + view.getUint16(position + 30, true) + view.getUint16(position + 32, true);
  }
  return entries;
}

/** Where the record at the archive's end begins, before a comment that reaches to its last byte; null for none. */
function findEnd(view: DataView): number | null {
  const last = view.byteLength - endBytes;
  for (let at = last; at >= Math.max(0, last - maxCommentBytes); at--)
    if (view.getUint32(at, true) === signatures.end && view.getUint16(at + 20, true) === last - at) return at;
  return null;
}

function safePath(given: string, where: string): string {
  const path = given.replaceAll("\\", "/");
  const steps = path.split("/");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no name of a file has them
  const isOdd = /^[a-z]:|[\u0000-\u001f]/i.test(path) || steps.some((step) => ["", ".", ".."].includes(step));
  if (isOdd)
    throw fault(where, `It names a file ${JSON.stringify(given)}, which lies outside of it.`, "Do not trust it.");
  return path;
}

function readContent(
  file: Uint8Array<ArrayBuffer>,
  view: DataView,
  { flags, method, checksum, packedBytes, byteLength, headerOffset }: Entry,
  place: string,
  where: string,
): Uint8Array<ArrayBuffer> {
  const isThere = headerOffset + localBytes <= file.length;
  if (!isThere || view.getUint32(headerOffset, true) !== signatures.local) throw broken(where, `${place} is not in it`);
  const names = view.getUint16(headerOffset + 26, true) + view.getUint16(headerOffset + 28, true);
  const start = headerOffset + localBytes + names;
  if (start + packedBytes > file.length) throw broken(where, `it ends within ${place}`);
  if (flags & isEncrypted) throw fault(place, "It is encrypted.", "Unpack the archive, and import the folder.");
  const packed = file.slice(start, start + packedBytes);
  const content = method === stored ? packed : method === deflated ? inflate(packed, byteLength) : null;
  if (content === null && method !== deflated)
    throw fault(place, `It is packed by method ${method}.`, "Unpack the archive, and import the folder.");
  if (content?.length !== byteLength || crc32(content) !== checksum)
    throw fault(place, "It was damaged: its bytes are not those of its checksum.", "Copy or export it again.");
  return content;
}

/** Null where the bytes are no deflate stream. What goes beyond the length is dropped. */
function inflate(packed: Uint8Array, byteLength: number): Uint8Array<ArrayBuffer> | null {
  try {
    return inflateSync(packed, { out: new Uint8Array(byteLength) }) as Uint8Array<ArrayBuffer>;
  } catch {
    return null;
  }
}

const fault = (where: string, what: string, remedy: string) => new ResultFileError({ where, what, remedy });

const broken = (where: string, reason: string) =>
  fault(where, `It is not a whole zip file: ${reason}.`, "Copy it again, or export the runs again.");
