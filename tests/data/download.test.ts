import { createHash } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DownloadError } from "../../src/data/data-error.ts";
import { type DownloadOptions, type DownloadProgress, downloadFiles } from "../../src/data/download.ts";
import { importCifar10 } from "../../src/data/sets/cifar10/import.ts";
import { cifar10Sources } from "../../src/data/sets/cifar10/sources.ts";
import type { DownloadSource } from "../../src/data/sets/data-set.ts";
import { expectSameImages } from "./expect-same-images.ts";
import { gzipOf } from "./gzip.ts";
import { type Bytes, officialEntries, parquetOf, pngsOf, tarOf } from "./made-files.ts";
import { picturesOf } from "./synthetic-pictures.ts";

const trainSet = picturesOf(60, 1);
const testSet = picturesOf(10, 2);
const trainFile = new Uint8Array(parquetOf(pngsOf(trainSet), [...trainSet.labels]));
const testFile = new Uint8Array(parquetOf(pngsOf(testSet), [...testSet.labels]));
const archive = gzipOf(await tarOf(officialEntries(2)));

/** How the host answers each path; tests replace answers. */
const answers = new Map<string, RequestListener>();
const requests: string[] = [];
const server = createServer((request, response) => {
  requests.push(request.url ?? "");
  const answer = answers.get(request.url ?? "");
  if (answer) answer(request, response);
  else response.writeHead(404, "Not Found").end();
});
let origin = "";

const send =
  (bytes: Bytes): RequestListener =>
  (_, response) =>
    void response.writeHead(200, { "content-length": bytes.length }).end(bytes);

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const remote = (name: string, bytes: Bytes) => ({
  url: `${origin}/${name}`,
  name,
  bytes: bytes.length,
  sha256: createHash("sha256").update(bytes).digest("hex"),
});

const parquetSource = (): DownloadSource => ({
  id: "made",
  name: "the made host",
  page: `${origin}/page`,
  crossOrigin: true,
  files: [remote("train.parquet", trainFile), remote("test.parquet", testFile)],
});

const downloadCifar10 = async (source: DownloadSource, options?: DownloadOptions) =>
  importCifar10(await downloadFiles(source, [source, ...cifar10Sources], options), { signal: options?.signal });

async function expectFailure(message: RegExp, options?: DownloadOptions): Promise<void> {
  const downloading = downloadCifar10(parquetSource(), options);
  await expect(downloading).rejects.toThrow(message);
  await expect(downloading).rejects.toBeInstanceOf(DownloadError);
}

function serveBothFiles(): void {
  answers.set("/train.parquet", send(trainFile));
  answers.set("/test.parquet", send(testFile));
}

describe("a download", () => {
  test("gives both splits, with progress over all files", async () => {
    serveBothFiles();
    const steps: DownloadProgress[] = [];
    const { train, test: held } = await downloadCifar10(parquetSource(), {
      onProgress: (step) => steps.push(step),
    });
    expectSameImages(train, trainSet);
    expectSameImages(held, testSet);
    const total = trainFile.length + testFile.length;
    expect(steps[0]).toEqual({ phase: "downloading", file: "train.parquet", done: 0, total });
    expect(steps.at(-1)).toEqual({ phase: "verifying", file: "test.parquet", done: total, total });
    expect(steps.every((step, i) => i === 0 || step.done >= steps[i - 1].done)).toBe(true);
  });

  test("of the archive works alike", async () => {
    answers.set("/cifar-10-binary.tar.gz", send(archive));
    const source = { ...parquetSource(), files: [remote("cifar-10-binary.tar.gz", archive)] };
    const { train, test: held } = await downloadCifar10(source);
    expect([train?.count, held?.count]).toEqual([10, 2]);
  });

  test("asks for each file once, whole, and for nothing else", async () => {
    serveBothFiles();
    requests.length = 0;
    await downloadCifar10(parquetSource());
    expect(requests).toEqual(["/train.parquet", "/test.parquet"]);
  });
});

describe("a failed download", () => {
  test("says that a file is not there, and names the other ways", async () => {
    serveBothFiles();
    answers.delete("/train.parquet");
    await expectFailure(/train\.parquet from the made host: The host answered 404 Not Found\. Try again later, or/);
    await expectFailure(/cifar-10-binary\.tar\.gz from University of Toronto/);
  });

  test("says when the file is cut off but the connection ends well", async () => {
    serveBothFiles();
    answers.set("/test.parquet", send(testFile.slice(0, 1000)));
    await expectFailure(new RegExp(`test\\.parquet .*ended after 1000 of ${testFile.length} bytes`));
  });

  test("says when the connection breaks in the middle", async () => {
    serveBothFiles();
    answers.set("/train.parquet", (request, response) => {
      response.writeHead(200, { "content-length": trainFile.length });
      response.write(trainFile.slice(0, 1000), () => request.socket.destroy());
    });
    await expectFailure(/The connection failed/);
  });

  test("says when the host cannot be reached", async () => {
    const { files, ...rest } = parquetSource();
    const unreachable = { ...rest, files: files.map((file) => ({ ...file, url: "http://127.0.0.1:1/nothing" })) };
    await expect(downloadCifar10(unreachable)).rejects.toThrow(/the host is out of reach/);
  });

  test("stops reading a file that is too large", async () => {
    serveBothFiles();
    let sent = 0;
    answers.set("/train.parquet", (_, response) => {
      const pour = () => {
        sent += 65_536;
        if (!response.destroyed && sent < 2 ** 30) response.write(new Uint8Array(65_536), pour);
      };
      pour();
    });
    await expectFailure(new RegExp(`larger than the published ${trainFile.length} bytes`));
    expect(sent).toBeLessThan(2 ** 26);
  });

  test("says when the contents are not the published ones", async () => {
    serveBothFiles();
    const replaced = trainFile.slice();
    replaced[5000] ^= 1;
    answers.set("/train.parquet", send(replaced));
    await expectFailure(/SHA-256 is not the published one/);
  });

  test.each(["before its answer", "in the middle"])("says when the host stalls %s", async (when) => {
    serveBothFiles();
    answers.set("/train.parquet", (_, response) => {
      if (when === "in the middle") response.writeHead(200).write(trainFile.slice(0, 1000));
    });
    await expectFailure(/sent nothing for 0\.2 seconds/, { stallLimitMs: 200 });
  });

  test("leaves nothing behind: the next one starts afresh and succeeds", async () => {
    serveBothFiles();
    answers.set("/test.parquet", send(testFile.slice(0, 10)));
    await expectFailure(/ended after 10/);
    serveBothFiles();
    requests.length = 0;
    expectSameImages((await downloadCifar10(parquetSource())).train, trainSet);
    expect(requests).toEqual(["/train.parquet", "/test.parquet"]);
  });

  test("by cancelling rejects with the signal's reason", async () => {
    serveBothFiles();
    answers.set("/train.parquet", (_, response) => void response.writeHead(200).write(trainFile.slice(0, 1000)));
    const controller = new AbortController();
    const downloading = downloadCifar10(parquetSource(), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(downloading).rejects.toMatchObject({ name: "AbortError" });
  });
});

test("the public sources are https, with whole SHA-256 sums and distinct ids", () => {
  const files = cifar10Sources.flatMap((source) => source.files);
  for (const file of files) {
    expect(new URL(file.url).protocol).toBe("https:");
    expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(file.url.endsWith(file.name)).toBe(true);
  }
  expect(new Set(cifar10Sources.map((source) => source.id)).size).toBe(cifar10Sources.length);
});
