/**
 * CRC-32 as in zip and PNG (reflected polynomial 0xEDB88320), four bytes at a time (Kounavis & Berry 2005). It tells a
 * torn or rotten file from a whole one; it is no protection against intent.
 */

/** Row k holds the remainders of every byte followed by k zero bytes. */
const tables = Array.from({ length: 4 }, () => new Uint32Array(256));
for (let byte = 0; byte < 256; byte++) {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
  tables[0][byte] = remainder;
}
for (let row = 1; row < 4; row++)
  for (let byte = 0; byte < 256; byte++) {
    const before = tables[row - 1][byte];
    tables[row][byte] = (before >>> 8) ^ tables[0][before & 0xff];
  }

/** The checksum of bytes that follow those of checksum `previous` (0 at the start). */
export function crc32(bytes: Uint8Array, previous = 0): number {
  const [table0, table1, table2, table3] = tables;
  let crc = ~previous;
  let index = 0;
  for (const end = bytes.length - 3; index < end; index += 4) {
    crc ^= bytes[index] | (bytes[index + 1] << 8) | (bytes[index + 2] << 16) | (bytes[index + 3] << 24);
    crc = table3[crc & 0xff] ^ table2[(crc >>> 8) & 0xff] ^ table1[(crc >>> 16) & 0xff] ^ table0[crc >>> 24];
  }
  for (; index < bytes.length; index++) crc = table0[(crc ^ bytes[index]) & 0xff] ^ (crc >>> 8);
  return ~crc >>> 0;
}
