/** Snappy pages: what hyparquet's writer packs, and what must not be unpacked. */
import { describe, expect, test } from "vitest";
import { unpackSnappy } from "../../src/data/unpack-snappy.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);
/** "abcd", then a copy of 8 from 4 back: the short form, and the one with a two-byte offset. */
const shortCopy = bytes(12, 0x0c, 97, 98, 99, 100, 0x11, 4);
const longCopy = bytes(12, 0x0c, 97, 98, 99, 100, 0x1e, 4, 0);

describe("unpackSnappy", () => {
  test.each([
    ["a short copy", shortCopy],
    ["a long copy", longCopy],
  ])("takes literals and %s", (_, packed) => {
    expect(new TextDecoder().decode(unpackSnappy(packed, 12))).toBe("abcdabcdabcd");
  });

  test("takes a literal whose length has bytes of its own", () => {
    const literal = Uint8Array.from({ length: 300 }, (_, index) => index % 251);
    expect(unpackSnappy(bytes(0xac, 2, 0xf4, 43, 1, ...literal), 300)).toEqual(literal);
  });

  test("refuses a literal of nearly 4 GiB at once, where hyparquet would go backwards", () => {
    expect(() => unpackSnappy(bytes(12, 0x0c, 97, 98, 99, 100, 0xfc, 0xf0, 0xff, 0xff, 0xff, 0), 12)).toThrow(
      /does not unpack/,
    );
  });

  test.each([
    ["another length than the header's", shortCopy, 13],
    ["an end within a literal", shortCopy.subarray(0, 4), 12],
    ["an end within a copy", longCopy.subarray(0, 7), 12],
  ])("refuses %s", (_, packed, length) => {
    expect(() => unpackSnappy(packed, length)).toThrow(/does not unpack/);
  });
});
