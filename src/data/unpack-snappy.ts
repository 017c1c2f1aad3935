/**
 * Snappy pages of parquet files (Snappy compressed format description, sections 1 and 2), unpacked by hyparquet after a walk over
 * their elements: hyparquet 1.31 takes a literal of 2 GiB or more for a negative length, goes backwards and may never end.
 */
import { snappyUncompress } from "hyparquet";

const shortLiteral = 60;

/** The `byteLength` bytes that `packed` stands for. Throws an Error where it stands for more or fewer, or is cut off. */
export function unpackSnappy(packed: Uint8Array, byteLength: number): Uint8Array {
  if (unpackedBytes(packed) !== byteLength) throw new Error(`a page does not unpack to ${byteLength} bytes`);
  const page = new Uint8Array(byteLength);
  snappyUncompress(packed, page);
  return page;
}

/** What the elements come to, or NaN where the last of them is cut off. */
function unpackedBytes(packed: Uint8Array): number {
  let at = 0;
  // The length of all, seven bits a byte.
  while (at < packed.length && packed[at] >= 0x80) at++;
  at++;
  let total = 0;
  while (at < packed.length) {
    const tag = packed[at++];
    const length = (tag >>> 2) + 1;
    if ((tag & 3) === 0) {
      const lengthBytes = Math.max(0, length - shortLiteral);
      const literal = lengthBytes === 0 ? length : littleEndian(packed, at, lengthBytes) + 1;
      at += lengthBytes + literal;
      total += literal;
    } else {
      // A copy: its offset takes one, two or four bytes, and the shortest form has three bits of length, from 4.
      at += [0, 1, 2, 4][tag & 3];
      total += (tag & 3) === 1 ? ((tag >>> 2) & 7) + 4 : length;
    }
  }
  return at === packed.length ? total : Number.NaN;
}

const littleEndian = (bytes: Uint8Array, at: number, count: number): number =>
  bytes.subarray(at, at + count).reduceRight((sum, byte) => sum * 256 + byte, 0);
