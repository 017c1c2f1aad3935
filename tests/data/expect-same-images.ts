/** Compares image sets whole: the matchers' own comparison of arrays takes seconds a megabyte. */
import { expect } from "vitest";
import type { ImageSet } from "../../src/data/image-set.ts";

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

export function expectSameImages(actual: ImageSet | null, expected: ImageSet): void {
  if (actual === null) throw new Error("There are no images to compare.");
  expect(actual.count).toBe(expected.count);
  expect(sameBytes(actual.labels, expected.labels), "the labels agree").toBe(true);
  expect(sameBytes(actual.pixels, expected.pixels), "the pixels agree").toBe(true);
}
