/** The import where it is used: Chromium's own gunzip and its errors, files as a drop gives them. */
import { describe, expect, test } from "vitest";
import { DataFormatError } from "../../src/data/data-error.ts";
import { concatenateImages } from "../../src/data/image-set.ts";
import { importCifar10 } from "../../src/data/sets/cifar10/import.ts";
import { sha256Hex } from "../../src/data/sha256.ts";
import { expectSameImages } from "./expect-same-images.ts";
import { type Bytes, officialEntries, parquetOf, pngsOf, tarOf } from "./made-files.ts";
import { picturesOf } from "./synthetic-pictures.ts";

async function gzipOf(bytes: Bytes): Promise<Bytes> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const archive = await gzipOf(await tarOf(officialEntries(20)));
const importOne = (name: string, bytes: Bytes | ArrayBuffer) => importCifar10([new File([bytes], name)]);

describe("in Chromium", () => {
  test("the official archive gives both splits", async () => {
    const { train, test: held } = await importOne("cifar-10-binary.tar.gz", archive);
    const batch = (seed: number) => picturesOf(20, seed);
    expectSameImages(train, concatenateImages([batch(1), batch(2), batch(3), batch(4), batch(5)]));
    expectSameImages(held, batch(9));
  });

  test("parquet with PNG files gives its pictures", async () => {
    const set = picturesOf(60);
    expectSameImages((await importOne("train.parquet", parquetOf(pngsOf(set), [...set.labels]))).train, set);
  });

  test.each([
    ["cut off", (bytes: Bytes) => bytes.slice(0, bytes.length / 2), /gzip stream is damaged or cut off/],
    ["with a wrong checksum", (bytes: Bytes) => bytes.map((b, i) => (i === bytes.length - 8 ? b ^ 1 : b)), /damaged/],
    ["with bytes after it", (bytes: Bytes) => Uint8Array.from([...bytes, 1, 2, 3]), /gzip stream is damaged/],
  ])("an archive %s is refused", async (_, change, message) => {
    const importing = importOne("bad.tar.gz", change(archive));
    await expect(importing).rejects.toThrow(message);
    await expect(importing).rejects.toBeInstanceOf(DataFormatError);
  });

  test("an import stops when it is told to", async () => {
    const controller = new AbortController();
    const importing = importCifar10([new File([archive], "a.tar.gz")], {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(importing).rejects.toMatchObject({ name: "AbortError" });
  });

  test("the synthetic set has the bytes that it has in Node", async () => {
    const { pixels, labels } = picturesOf(1000);
    const digest = await sha256Hex(Uint8Array.from([...pixels, ...labels]));
    expect(digest).toBe("16175032871793a337101827af4bf9a8e872a56afd39a637332f240534b5a64f");
  });
});
