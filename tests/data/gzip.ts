/** Gzip at once, in Node: many times as fast as its CompressionStream. */
import { gzipSync } from "node:zlib";

export const gzipOf = (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => new Uint8Array(gzipSync(bytes));
