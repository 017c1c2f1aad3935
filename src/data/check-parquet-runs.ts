/** Parquet's hybrid of run-length and bit-packed values ("Run Length Encoding / Bit-Packing Hybrid"), walked without unpacking. */

/** Bit-packed values come in groups of eight, of which the last may be padding. */
const groupValues = 8;
/** A varint of 32 bits. */
const maxHeaderBytes = 5;

/** Throws an Error where runs of values of `bits` bits say that there are more than `most`, or where one is empty or cut off. */
export function checkRuns(runs: Uint8Array, bits: number, most: number): void {
  if (bits > 32) throw new Error(`values of ${bits} bits`);
  let at = 0;
  let seen = 0;
  while (seen < most && at < runs.length) {
    const header = readHeader(runs, at);
    const isPacked = header.value % 2 === 1;
    const half = Math.floor(header.value / 2);
    const count = isPacked ? half * groupValues : half;
    at = header.end + (isPacked ? half * bits : Math.ceil(bits / 8));
    seen += count;
    if (count === 0 || seen > most + groupValues - 1 || at > runs.length)
      throw new Error(`a run of ${count} values where ${most} are said to be`);
  }
}

function readHeader(runs: Uint8Array, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let index = 0; index < maxHeaderBytes && start + index < runs.length; index++) {
    const byte = runs[start + index];
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, end: start + index + 1 };
  }
  throw new Error("a run's length is cut off");
}
