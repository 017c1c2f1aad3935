/** Zip archives against another implementation of them (fflate), and against damage and ill will. */
import { unzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { ResultFileError } from "../../src/experiment/experiment-error.ts";
import { readZip } from "../../src/experiment/zip/read-zip.ts";
import { zipDirectory, zipPart } from "../../src/experiment/zip/write-zip.ts";

const text = (value: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(value);
const files = {
  "a/spec.json": text("{}\n"),
  "a/ü.bin": Uint8Array.from({ length: 70_000 }, (_, index) => (index * index) % 251),
  "b/empty": new Uint8Array(0),
};

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
function written(...given: readonly Readonly<Record<string, Uint8Array<ArrayBuffer>>>[]) {
  const parts = given.map(zipPart);
  return joined([...parts.flatMap((part) => part.bytes), zipDirectory(parts)]);
}
const read = (zip: Uint8Array) => Object.fromEntries(readZip(Uint8Array.from(zip), "runs.zip"));
const refusal = (zip: Uint8Array) => {
  try {
    readZip(Uint8Array.from(zip), "runs.zip");
  } catch (error) {
    expect(error).toBeInstanceOf(ResultFileError);
    return (error as Error).message;
  }
  return null;
};

/** A copy with one byte changed, or a little-endian number put in place. */
function changed(zip: Uint8Array, at: number, value: number, bytes = 1): Uint8Array {
  const copy = Uint8Array.from(zip);
  for (let byte = 0; byte < bytes; byte++) copy[at + byte] = (value / 256 ** byte) & 0xff;
  return copy;
}
const placeOf = (zip: Uint8Array, signature: number) =>
  zip.findIndex((_, at) => at + 4 <= zip.length && new DataView(zip.buffer).getUint32(at, true) === signature);

describe("what is written", () => {
  test("another implementation reads, in parts and in one", () => {
    expect(unzipSync(written(files))).toEqual(files);
    const { "b/empty": empty, ...rest } = files;
    expect(unzipSync(written(rest, { "b/empty": empty }))).toEqual(files);
    expect(unzipSync(written({}))).toEqual({});
  });

  test("comes back, and is the same bytes again", () => {
    expect(read(written(files))).toEqual(files);
    expect(written(files)).toEqual(written(files));
  });
});

describe("what another implementation writes is read", () => {
  test.each([0, 6, 9] as const)("at level %i, with folders of their own and a comment", (level) => {
    const zip = zipSync({ ...files, "c/": new Uint8Array(0) }, { level });
    expect(read(zip)).toEqual(files);
    const withComment = joined([zip, text("a comment")]);
    expect(read(changed(withComment, zip.length - 2, 9, 2))).toEqual(files);
  });

  test("names with backslashes, as some write them", () => {
    expect(Object.keys(read(zipSync({ "a\\b.txt": text("x") })))).toEqual(["a/b.txt"]);
  });
});

describe("damage is named", () => {
  const packed = zipSync(files, { level: 6 });
  const plain = written(files);

  test("any byte of a stored content, by the file's name", () => {
    const start = plain.indexOf(0x7b, 30);
    expect(refusal(changed(plain, start, 0x7c))).toMatch(/^runs\.zip, a\/spec\.json: It was damaged/);
  });

  test("any byte of a packed content", () => {
    const zip = zipSync({ x: files["a/ü.bin"] }, { level: 6 });
    const end = placeOf(zip, 0x02014b50);
    const positions = Array.from({ length: 40 }, (_, index) => 31 + Math.floor((index * (end - 31)) / 40));
    for (const at of positions)
      expect(refusal(changed(zip, at, zip[at] ^ 0x10))).toMatch(/^runs\.zip, x: It was damaged/);
  });

  test("an end that is missing, at every length", () => {
    for (let length = 0; length < plain.length; length += 1009)
      expect(refusal(plain.subarray(0, length))).toMatch(/^runs\.zip: It is not a whole zip file/);
  });

  test("no input at all makes it throw anything else", () => {
    let state = 1;
    const random = () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state / 2 ** 32;
    };
    for (let trial = 0; trial < 400; trial++) {
      let zip = packed as Uint8Array;
      for (let times = 0; times < 3; times++) {
        const at = Math.floor(zip.length - 1 - random() ** 3 * (zip.length - 1));
        zip = changed(zip, at, Math.floor(256 * random()));
      }
      refusal(zip);
    }
  });
});

describe("ill will is refused", () => {
  test.each(["../up", "a/../../up", "/etc/passwd", "C:\\x", "a//b", "a/\u0000b"])(
    "a path that leads out: %j",
    (path) => {
      expect(refusal(zipSync({ [path]: text("x") }))).toMatch(/which lies outside of it/);
    },
  );

  test("a path that is there twice", () => {
    expect(refusal(written({ "a/x": text("1") }, { "a/x": text("2") }))).toMatch(/^runs\.zip, a\/x: It is there twice/);
  });

  test("a file that says it is larger than all that may be read, before any memory is taken for it", () => {
    const zip = zipSync({ "a/x": new Uint8Array(100_000) }, { level: 9 });
    const size = placeOf(zip, 0x02014b50) + 24;
    expect(refusal(changed(zip, size, 0xf0000000, 4))).toMatch(/Unpacked it would take more than 2 GiB/);
  });

  test("a file that unpacks to more than it says", () => {
    const zip = zipSync({ "a/x": new Uint8Array(100_000) }, { level: 9 });
    const size = placeOf(zip, 0x02014b50) + 24;
    expect(refusal(changed(zip, size, 10, 4))).toMatch(/^runs\.zip, a\/x: It was damaged/);
  });

  test("an encrypted file, and one of an unknown method", () => {
    const zip = written({ "a/x": text("x") });
    const entry = placeOf(zip, 0x02014b50);
    expect(refusal(changed(zip, entry + 8, 1))).toMatch(/a\/x: It is encrypted/);
    expect(refusal(changed(zip, entry + 10, 14))).toMatch(/a\/x: It is packed by method 14/);
  });

  test("more files than are read at once", () => {
    const many = Object.fromEntries(Array.from({ length: 20_001 }, (_, index) => [`a/${index}`, new Uint8Array(0)]));
    expect(refusal(written(many))).toMatch(/It holds 20001 files/);
  });

  test("a name that is a property of every object", () => {
    const zip = written(Object.fromEntries([["a/__proto__", text("x")]]));
    expect([...readZip(zip, "runs.zip").keys()]).toEqual(["a/__proto__"]);
  });
});
