/**
 * Zip archives (PKWARE APPNOTE 6.3) of files stored as they are: weights hardly shrink. Every entry has one date, so that equal
 * files give equal bytes. An archive is made in parts, by whoever has the files; the directory at its end joins them.
 */
import { crc32 } from "../storage/crc32.ts";

export interface ZipEntry {
  readonly path: string;
  readonly checksum: number;
  readonly byteLength: number;
}

export interface ZipPart {
  readonly entries: readonly ZipEntry[];
  /** A header and a content for each entry, in order. */
  readonly bytes: readonly Uint8Array<ArrayBuffer>[];
}

export const signatures = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 } as const;
export const localBytes = 30;
export const centralBytes = 46;
export const endBytes = 22;
const maxEntries = 0xffff;
const maxBytes = 0xffffffff;

/** 2.0: stored files in folders. */
const version = 20;
const namesAreUtf8 = 1 << 11;
/** 1 January 1980, 00:00. */
const date = (1 << 5) | 1;

export function zipPart(files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>): ZipPart {
  const found = Object.entries(files);
  const entries = found.map(([path, bytes]) => ({ path, checksum: crc32(bytes), byteLength: bytes.length }));
  return { entries, bytes: entries.flatMap((entry, index) => [localHeader(entry), found[index][1]]) };
}

/** What follows the parts. Throws an Error where they are more than a plain zip archive can hold. */
export function zipDirectory(parts: readonly ZipPart[]): Uint8Array<ArrayBuffer> {
  const entries = parts.flatMap((part) => part.entries);
  const headers: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    headers.push(centralHeader(entry, offset));
    offset += localBytes + encode(entry.path).length + entry.byteLength;
  }
  const length = headers.reduce((sum, header) => sum + header.length, 0);
  if (entries.length > maxEntries || offset + length > maxBytes)
    throw new Error("A zip file holds up to 65535 files and 4 GiB. Take fewer at a time.");
  const directory = new Uint8Array(length + endBytes);
  let position = 0;
  for (const header of headers) {
    directory.set(header, position);
    position += header.length;
  }
  const view = new DataView(directory.buffer, length);
  view.setUint32(0, signatures.end, true);
  view.setUint16(8, entries.length, true);
  view.setUint16(10, entries.length, true);
  view.setUint32(12, length, true);
  view.setUint32(16, offset, true);
  return directory;
}

const encode = (text: string) => new TextEncoder().encode(text);

function localHeader(entry: ZipEntry): Uint8Array<ArrayBuffer> {
  const name = encode(entry.path);
  const header = new Uint8Array(localBytes + name.length);
  const view = new DataView(header.buffer);
  view.setUint32(0, signatures.local, true);
  writeFacts(view, 4, entry, name.length);
  header.set(name, localBytes);
  return header;
}

function centralHeader(entry: ZipEntry, offset: number): Uint8Array {
  const name = encode(entry.path);
  const header = new Uint8Array(centralBytes + name.length);
  const view = new DataView(header.buffer);
  view.setUint32(0, signatures.central, true);
  view.setUint16(4, version, true);
  writeFacts(view, 6, entry, name.length);
  view.setUint32(42, offset, true);
  header.set(name, centralBytes);
  return header;
}

/** The fields that both kinds of header have, from `at` on. */
function writeFacts(view: DataView, at: number, { checksum, byteLength }: ZipEntry, nameBytes: number): void {
  view.setUint16(at, version, true);
  view.setUint16(at + 2, namesAreUtf8, true);
  view.setUint16(at + 8, date, true);
  view.setUint32(at + 10, checksum, true);
  view.setUint32(at + 14, byteLength, true);
  view.setUint32(at + 18, byteLength, true);
  view.setUint16(at + 22, nameBytes, true);
}
