import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DataFormatError } from "../../src/data/data-error.ts";
import { concatenateImages, gatherImages } from "../../src/data/image-set.ts";
import { cifar10RecordBytes, formatCifar10Records, parseCifar10Records } from "../../src/data/sets/cifar10/records.ts";
import { recordsOf } from "./made-files.ts";

describe("parsing CIFAR-10 records", () => {
  test("takes a label, then red, green and blue, each row by row from the top", () => {
    const plane = (first: number, second: number, below: number) => {
      const values = new Uint8Array(1024);
      [values[0], values[1], values[32]] = [first, second, below];
      return [...values];
    };
    const frog = [6, ...plane(59, 43, 16), ...plane(62, 46, 20), ...plane(63, 45, 20)];
    const set = parseCifar10Records(Uint8Array.from(frog), "frog.bin");
    expect([set.count, set.height, set.width, set.channels]).toEqual([1, 32, 32, 3]);
    expect(set.classNames[set.labels[0]]).toBe("frog");
    expect([0, 1, 32].map((place) => [0, 1024, 2048].map((channel) => set.pixels[channel + place]))).toEqual([
      [59, 62, 63],
      [43, 46, 45],
      [16, 20, 20],
    ]);
  });

  test("inverts writing them", () => {
    const files = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 9 }), fc.uint8Array({ minLength: 3072, maxLength: 3072 })),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(files, (records) => {
        const bytes = Uint8Array.from(records.flatMap(([label, pixels]) => [label, ...pixels]));
        const set = parseCifar10Records(bytes, "made.bin");
        expect(set.count).toBe(records.length);
        expect([...set.labels]).toEqual(records.map(([label]) => label));
        expect(set.pixels.subarray(0, 3072)).toEqual(records[0][1]);
        expect(formatCifar10Records(set)).toEqual(bytes);
      }),
      { numRuns: 30 },
    );
  });

  test("refuses an empty file", () =>
    expect(() => parseCifar10Records(new Uint8Array(0), "nothing.bin")).toThrow(/nothing\.bin: The file is empty/));

  test("refuses a truncated file and says how much is left over", () => {
    const bytes = recordsOf(3).subarray(0, 2 * cifar10RecordBytes + 100);
    expect(() => parseCifar10Records(bytes, "cut.bin")).toThrow(DataFormatError);
    expect(() => parseCifar10Records(bytes, "cut.bin")).toThrow(/6246 bytes .* 100 are left over/);
  });

  test("recognises CIFAR-100", () =>
    expect(() => parseCifar10Records(new Uint8Array(3074 * 4), "train.bin")).toThrow(/CIFAR-100/));

  test("names the record whose label is out of range", () => {
    const bytes = recordsOf(4);
    bytes[2 * cifar10RecordBytes] = 10;
    expect(() => parseCifar10Records(bytes, "odd.bin")).toThrow(/odd\.bin, record 2 \(byte 6146\): The label is 10/);
  });
});

describe("image sets", () => {
  const set = parseCifar10Records(recordsOf(5), "made.bin");

  test("gather and concatenate image by image", () => {
    const reversed = gatherImages(set, Int32Array.of(4, 3, 2, 1, 0));
    expect(gatherImages(reversed, Int32Array.of(4, 3, 2, 1, 0))).toEqual(set);
    const halves = [gatherImages(set, Int32Array.of(0, 1)), gatherImages(set, Int32Array.of(2, 3, 4))] as const;
    expect(concatenateImages(halves)).toEqual(set);
  });

  test("refuse what is not there and what does not match", () => {
    expect(() => gatherImages(set, Int32Array.of(5))).toThrow(RangeError);
    expect(() => gatherImages(set, Int32Array.of(-1))).toThrow(RangeError);
    expect(() => concatenateImages([set, { ...set, classNames: ["other"] }])).toThrow(/class names/);
    expect(() => concatenateImages([set, { ...set, width: 16, height: 64 }])).toThrow(/shapes/);
  });
});
