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
  let offset = 0;
  // The length of all, seven bits a byte.
  while (offset < packed.length && packed[offset] >= 0x80) offset++;
  offset++;
  let total = 0;
  while (offset < packed.length) {
    const tag = packed[offset++];
    const length = (tag >>> 2) + 1;
    if ((tag & 3) === 0) {
      const lengthBytes = Math.max(0, length - shortLiteral);
      const literal = lengthBytes === 0 ? length : littleEndian(packed, offset, lengthBytes) + 1;
      offset += lengthBytes + literal;
      total += literal;
    } else {
      // A copy: its offset takes one, two or four bytes, and the shortest form has three bits of length, from 4.
      offset += [0, 1, 2, 4][tag & 3];
      total += (tag & 3) === 1 ? ((tag >>> 2) & 7) + 4 : length;
    }
  }
  return offset === packed.length ? total : Number.NaN;
}

const littleEndian = (bytes: Uint8Array, offset: number, count: number): number =>
  bytes.subarray(offset, offset + count).reduceRight((sum, byte) => sum * 256 + byte, 0);
