import { crc32 as zlibCrc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeArrayFile, encodeArrayFile } from "../../../src/experiment/storage/array-file.ts";
import { checksumOf } from "../../../src/experiment/storage/checksum.ts";
import { crc32 } from "../../../src/experiment/storage/crc32.ts";

const join = (parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

describe("CRC-32", () => {
  test("the published check value", () => {
    expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array(0))).toBe(0);
  });

  test("zlib's values, however the bytes are cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 })), async (parts) => {
        expect(await checksumOf(parts)).toBe(zlibCrc32(join(parts)));
      }),
    );
  });

  test("a file of several slices", async () => {
    const large = Uint8Array.from({ length: 9_000_001 }, (_, index) => (index * index) >> 3);
    expect(await checksumOf([large.subarray(0, 17), large.subarray(17)])).toBe(zlibCrc32(large));
  });
});

describe("array files", () => {
  const array = fc.oneof(fc.float32Array(), fc.float64Array(), fc.uint8Array());
  const arrays = fc.dictionary(fc.string({ minLength: 1 }), array, { noNullPrototype: true });

  test("what is written is read again", () => {
    fc.assert(
      fc.property(fc.jsonValue(), arrays, (meta, values) => {
        const parts = encodeArrayFile({ meta, arrays: values });
        expect(parts.every(({ length }) => length > 0)).toBe(true);
        expect(decodeArrayFile(join(parts))).toEqual({ meta: JSON.parse(JSON.stringify(meta)), arrays: values });
      }),
    );
  });

  test("no copy is made of large arrays", () => {
    const theta = new Float32Array(100);
    expect(encodeArrayFile({ meta: null, arrays: { theta } }).some(({ buffer }) => buffer === theta.buffer)).toBe(true);
  });

  test("other bytes are refused", () => {
    const file = join(encodeArrayFile({ meta: 1, arrays: { theta: new Float32Array(4) } }));
    expect(() => decodeArrayFile(new Uint8Array(100))).toThrow("the file is of another kind");
    expect(() => decodeArrayFile(file.subarray(0, 3))).toThrow("the file is of another kind");
    expect(() => decodeArrayFile(file.subarray(0, -4))).toThrow('the file ends within "theta"');
    expect(() => decodeArrayFile(file.subarray(0, 12))).toThrow();
  });
});
