import { readFileSync } from "node:fs";
import { encode } from "fast-png";
import { describe, expect, test } from "vitest";
import { DataFormatError } from "../../src/data/data-error.ts";
import { readCifar10Parquet, splitOfParquetName } from "../../src/data/sets/cifar10/parquet.ts";
import { expectSameImages } from "./expect-same-images.ts";
import { parquetOf, pngsOf } from "./made-files.ts";
import { picturesOf } from "./synthetic-pictures.ts";

const set = picturesOf(120);
const file = parquetOf(pngsOf(set), [...set.labels]);

describe("CIFAR-10 in parquet", () => {
  test("as pyarrow and Pillow write it gives the pictures it was made from", async () => {
    const bytes = readFileSync(new URL("../fixtures/train-of-twelve.parquet", import.meta.url));
    const read = await readCifar10Parquet(new Uint8Array(bytes).buffer, "train-of-twelve.parquet");
    const made = picturesOf(12);
    expectSameImages(read, made);
  });

  test("of several row groups is read whole, with progress", async () => {
    const steps: number[] = [];
    const read = await readCifar10Parquet(file, "train.parquet", { onProgress: ({ done }) => steps.push(done) });
    expectSameImages(read, set);
    expect(steps).toEqual([50, 100, 120]);
  });

  test("stops when it is told to", async () => {
    const controller = new AbortController();
    const reading = readCifar10Parquet(file, "train.parquet", {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
  });

  const refusal = async (bytes: ArrayBuffer, message: RegExp) => {
    const reading = readCifar10Parquet(bytes, "train.parquet");
    await expect(reading).rejects.toBeInstanceOf(DataFormatError);
    await expect(reading).rejects.toThrow(message);
  };

  test("is refused when it is truncated", () => refusal(file.slice(0, file.byteLength - 500), /truncated or damaged/));

  test("is refused when its pages are damaged", () => {
    const damaged = new Uint8Array(file.slice(0));
    damaged.fill(0xff, 20, 2000);
    return refusal(damaged.buffer, /train\.parquet: The parquet file is damaged/);
  });

  test("is refused without its columns", () =>
    refusal(parquetOf(pngsOf(picturesOf(2)), [0, 1], "image"), /cannot be read \(.*img/));

  test("is refused for a label out of range, which is named", () =>
    refusal(parquetOf(pngsOf(picturesOf(3)), [0, 1, 10]), /row 2: The label is 10/));

  test("is refused for a damaged image, which is named", () => {
    const pngs = pngsOf(picturesOf(3));
    pngs[1][100] ^= 1;
    return refusal(parquetOf(pngs, [0, 1, 2]), /row 1: The PNG image is damaged/);
  });

  test("is refused for an image of another size", () => {
    const png = encode({ width: 8, height: 8, data: new Uint8Array(64), channels: 1, depth: 8 });
    return refusal(parquetOf([png], [0]), /row 0: The image is 8 × 8 in/);
  });

  test("is refused for an image without colour", () => {
    const png = encode({ width: 32, height: 32, data: new Uint8Array(1024), channels: 1, depth: 8 });
    return refusal(parquetOf([png], [0]), /row 0: The image has 1 channels of 8 bits, not 3 of 8/);
  });

  test("is refused for something that is no image", () =>
    refusal(parquetOf([new TextEncoder().encode("not a PNG file at all, only text")], [0]), /holds no PNG image/));

  test("is refused for an image large enough to be a bomb", () => {
    const png = encode({ width: 1024, height: 1024, data: new Uint8Array(1024 * 1024 * 3), channels: 3, depth: 8 });
    expect(png.length).toBeLessThan(64 * 1024);
    return refusal(parquetOf([png], [0]), /row 0: The image is 1024 × 1024/);
  });

  test("tells its split by its name", () => {
    expect(splitOfParquetName("plain_text/train-00000-of-00001.parquet")).toBe("train");
    expect(splitOfParquetName("test-00000-of-00001.parquet")).toBe("test");
    expect(() => splitOfParquetName("data.parquet")).toThrow(DataFormatError);
  });
});
