import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SafetensorsError } from "../../src/experiment/experiment-error.ts";
import { readSafetensors } from "../../src/experiment/safetensors/read-safetensors.ts";
import { writeSafetensors } from "../../src/experiment/safetensors/write-safetensors.ts";

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));

/** A file with this header text and so many data bytes. */
function fileOf(header: string | Uint8Array, dataBytes = 0): Uint8Array {
  const text = typeof header === "string" ? new TextEncoder().encode(header) : header;
  const file = new Uint8Array(8 + text.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
}
const entry = (begin: number, end: number, shape = [(end - begin) / 4]) =>
  JSON.stringify({ dtype: "F32", shape, data_offsets: [begin, end] });

describe("files of the format's own library", () => {
  const weights = Float32Array.from({ length: 24 }, (_, index) => index / 8 - 1);
  const float32 = [
    { name: "features.0.bias", shape: [3], data: new Float32Array([Number.POSITIVE_INFINITY, -0, 1e-45]) },
    { name: "features.0.weight", shape: [2, 3, 2, 2], data: weights },
    { name: "scalar", shape: [], data: new Float32Array([2.5]) },
  ];

  test("float32 is read", () => {
    expect(readSafetensors(fixture("float32.safetensors"))).toEqual({ tensors: float32, metadata: { format: "pt" } });
  });

  test("the writer gives the same bytes", () => {
    expect(writeSafetensors({ tensors: float32, metadata: { format: "pt" } })).toEqual(fixture("float32.safetensors"));
  });

  test("the other number formats are read as float32", () => {
    const { tensors, metadata } = readSafetensors(fixture("mixed.safetensors"));
    expect(metadata).toEqual({});
    expect(Object.fromEntries(tensors.map(({ name, shape, data }) => [name, [shape, ...data]]))).toEqual({
      i64: [[], 391],
      f64: [[1, 2], Math.fround(1 / 3), Number.NEGATIVE_INFINITY],
      empty: [[0, 3]],
      i32: [[2], -7, 7],
      bf16: [[4], 1.5, -2, Number.POSITIVE_INFINITY, 2 ** -127 * 1.6875],
      f16: [[6], 1.5, -2, 65504, 2 ** -24, Number.POSITIVE_INFINITY, -0],
    });
  });

  test("a format that is not read is named, with a way out", () => {
    expect(() => readSafetensors(fixture("uint8.safetensors"))).toThrow(
      'Tensor "mask": Its number format is U8; read here are F32, F64, F16, BF16, I64, I32. Convert it to F32',
    );
  });

  test("every truncation is refused, and every trailing byte", () => {
    const whole = fixture("mixed.safetensors");
    for (let length = 0; length < whole.length; length++)
      expect(() => readSafetensors(whole.subarray(0, length))).toThrow(SafetensorsError);
    expect(() => readSafetensors(Uint8Array.from([...whole, 0]))).toThrow(
      "1 bytes after the last tensor belong to none.",
    );
  });

  test("a view into a larger buffer is read", () => {
    const whole = fixture("float32.safetensors");
    const shifted = new Uint8Array(whole.length + 3);
    shifted.set(whole, 3);
    expect(readSafetensors(shifted.subarray(3)).tensors).toEqual(float32);
    // Buffer.slice, unlike Uint8Array.slice, copies nothing.
    expect(readSafetensors(Buffer.from(shifted.buffer, 3)).tensors).toEqual(float32);
  });
});

describe("broken files", () => {
  test.each<[string, Uint8Array, string]>([
    ["nothing", new Uint8Array(0), "It has 0 bytes, fewer than the 8 of a header's length."],
    [
      "a huge header",
      new Uint8Array(8).fill(0xff),
      "would have 18446744073709551615 bytes; the format allows 100000000.",
    ],
    ["a header beyond the end", fileOf("{}").subarray(0, 9), "should have 2 bytes, and the file ends after 1 of them."],
    ["no JSON", fileOf("{nonsense"), "Its header is not JSON in UTF-8"],
    ["no UTF-8", fileOf(Uint8Array.from([0x7b, 0xff, 0x7d])), "Its header is not JSON in UTF-8"],
    ["a list", fileOf("[]"), "Its header is not a JSON object."],
    ["null", fileOf("null"), "Its header is not a JSON object."],
    ["metadata that is a list", fileOf('{"__metadata__":["a"]}'), "__metadata__ is not a map of texts."],
    ["metadata of numbers", fileOf('{"__metadata__":{"step":1}}'), "__metadata__ is not a map of texts."],
    ["a repeated name", fileOf(`{"a":${entry(0, 4)},"a":${entry(0, 4)}}`, 4), 'Its header gives "a" twice.'],
    ["an entry that is a text", fileOf('{"a":"b"}'), 'Tensor "a": Its header entry is malformed at its root'],
    [
      "a negative extent",
      fileOf(`{"a":${entry(0, 4, [-1])}}`, 4),
      'Tensor "a": Its header entry is malformed at shape.0',
    ],
    ["a fractional offset", fileOf(`{"a":${entry(0, 4.5, [1])}}`, 4), "malformed at data_offsets.1"],
    [
      "a wrong size",
      fileOf(`{"a":${entry(0, 8, [3])}}`, 8),
      "Shape [3] in F32 takes 12 bytes, and its offsets 0 to 8 span 8.",
    ],
    ["reversed offsets", fileOf(`{"a":${entry(4, 0, [1])}}`, 4), "its offsets 4 to 0 span -4."],
    ["an absurd shape", fileOf(`{"a":${entry(0, 0, [2 ** 52, 2 ** 52])}}`), "and its offsets 0 to 0 span 0."],
    [
      "a hole",
      fileOf(`{"a":${entry(0, 4)},"b":${entry(8, 12)}}`, 12),
      'Tensor "b": Bytes 4 to 8 before it belong to no tensor.',
    ],
    ["a late start", fileOf(`{"a":${entry(4, 8)}}`, 8), 'Tensor "a": Bytes 0 to 4 before it belong to no tensor.'],
    [
      "an overlap",
      fileOf(`{"a":${entry(0, 8)},"b":${entry(4, 12)}}`, 12),
      'Tensor "b": It starts at byte 4, inside the tensor before it, which ends at 8.',
    ],
    [
      "missing data",
      fileOf(`{"a":${entry(0, 8)}}`, 4),
      'Tensor "a": It ends at byte 8 of the data, and the file has 4.',
    ],
  ])("%s", (_, file, message) => {
    expect(() => readSafetensors(file)).toThrow(SafetensorsError);
    expect(() => readSafetensors(file)).toThrow(message);
  });

  test("an empty file of the format is no error", () => {
    expect(readSafetensors(fileOf("{}"))).toEqual({ tensors: [], metadata: {} });
  });

  test("whatever the bytes, the answer is tensors or a SafetensorsError", () => {
    const whole = fixture("mixed.safetensors");
    const position = fc.nat(whole.length - 1);
    fc.assert(
      fc.property(fc.array(fc.tuple(position, fc.nat(255)), { minLength: 1, maxLength: 4 }), (changes) => {
        const file = whole.slice();
        for (const [index, byte] of changes) file[index] = byte;
        try {
          readSafetensors(file);
        } catch (error) {
          expect(error).toBeInstanceOf(SafetensorsError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("writing", () => {
  const tensor = fc
    .tuple(fc.string({ unit: "grapheme" }), fc.array(fc.nat(4), { maxLength: 4 }))
    .chain(([name, shape]) => {
      const length = shape.reduce((product, extent) => product * extent, 1);
      return fc.float32Array({ minLength: length, maxLength: length }).map((data) => ({ name, shape, data }));
    })
    .filter(({ name }) => name !== "__metadata__");
  const file = fc.record({
    tensors: fc.uniqueArray(tensor, { selector: ({ name }) => name, maxLength: 6 }),
    metadata: fc.dictionary(fc.string(), fc.string({ unit: "grapheme" }), { noNullPrototype: true }),
  });

  test("what is written is read again, in its order, with data at a multiple of 8", () => {
    fc.assert(
      fc.property(file, ({ tensors, metadata }) => {
        const bytes = writeSafetensors({ tensors, metadata });
        expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0);
        const read = readSafetensors(bytes);
        expect(read.metadata).toEqual(metadata);
        const byName = (list: readonly { name: string }[]) => [...list].sort((a, b) => (a.name < b.name ? -1 : 1));
        expect(byName(read.tensors)).toEqual(byName(tensors));
        const full = (list: readonly { name: string; data: Float32Array }[]) =>
          list.filter(({ data }) => data.length > 0).map(({ name }) => name);
        expect(full(read.tensors)).toEqual(full(tensors));
      }),
    );
  });

  test("names that look like numbers keep their place, and the order of metadata does not matter", () => {
    const data = new Float32Array(1);
    const tensors = ["b", "1", "0"].map((name) => ({ name, shape: [1], data }));
    const bytes = writeSafetensors({ tensors, metadata: { b: "2", a: "1" } });
    expect(readSafetensors(bytes).tensors.map(({ name }) => name)).toEqual(["b", "1", "0"]);
    expect(writeSafetensors({ tensors, metadata: { a: "1", b: "2" } })).toEqual(bytes);
  });

  test("a view is written, not its whole buffer", () => {
    const data = new Float32Array([1, 2, 3, 4]).subarray(1, 3);
    const [tensor] = readSafetensors(
      writeSafetensors({ tensors: [{ name: "a", shape: [2], data }], metadata: {} }),
    ).tensors;
    expect([...tensor.data]).toEqual([2, 3]);
  });

  const data = new Float32Array(2);
  test.each([
    [[{ name: "a", shape: [3], data }], 'Tensor "a": Shape [3] has 3 values, and 2 were given.'],
    [
      [
        { name: "a", shape: [2], data },
        { name: "a", shape: [2], data },
      ],
      'Tensor "a": Two tensors have this name.',
    ],
    [[{ name: "__metadata__", shape: [2], data }], "Its name is reserved"],
  ])("refuses what no reader would accept (%#)", (tensors, message) => {
    expect(() => writeSafetensors({ tensors, metadata: {} })).toThrow(message);
  });
});
