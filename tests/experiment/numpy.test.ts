import { readFileSync } from "node:fs";
import fc from "fast-check";
import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { NumpyFormatError } from "../../src/experiment/experiment-error.ts";
import { readNpy, writeNpy } from "../../src/experiment/numpy/npy.ts";
import { readNpz, writeNpz } from "../../src/experiment/numpy/npz.ts";

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));
const loss = [0.5, 1e-300, Number.POSITIVE_INFINITY, Number.NaN, -0, 1 / 3];

describe("files that numpy wrote", () => {
  test("an uncompressed archive", () => {
    expect(readNpz(fixture("plain.npz"), "plain.npz")).toEqual({
      loss: { shape: [2, 3], data: Float64Array.from(loss) },
      half: { shape: [2, 3], data: Float32Array.from(loss) },
      mask: { shape: [2, 3], data: new Uint8Array([1, 0, 1, 1, 1, 1]) },
    });
  });

  test("a compressed archive, and a scalar", () => {
    const { alpha, scalar } = readNpz(fixture("compressed.npz"), "compressed.npz");
    expect(alpha.shape).toEqual([501]);
    expect([alpha.data[0], alpha.data[250], alpha.data[500]]).toEqual([-1, 0, 1]);
    expect(scalar).toEqual({ shape: [], data: Float64Array.of(7) });
  });

  test("bytes as Node reads them", () => {
    const bytes = readFileSync(new URL("fixtures/plain.npz", import.meta.url));
    expect(readNpz(bytes, "plain.npz").loss.data).toEqual(Float64Array.from(loss));
  });

  test("version 2 of the format", () => {
    expect(readNpy(fixture("version2.npy"), "v2").data).toEqual(Float64Array.of(0, 0.5, 1));
  });

  test("the writer gives the bytes of numpy.save", () => {
    const array = { shape: [3], data: Float64Array.of(0, 0.5, 1) };
    const written = writeNpy(array);
    const fromNumpy = fixture("version2.npy");
    // Version 2 has a four-byte header length; the rest is as in version 1.
    expect(written.subarray(-24)).toEqual(fromNumpy.subarray(-24));
    const header = (file: Uint8Array, start: number) => new TextDecoder().decode(file.subarray(start, -24)).trim();
    expect(header(written, 10)).toBe(header(fromNumpy, 12));
  });

  test("Fortran order and other number formats are refused", () => {
    expect(() => readNpy(fixture("fortran.npy"), "f.npy")).toThrow("f.npy: Its values are in Fortran order.");
    expect(() => readNpy(fixture("int64.npy"), "i.npy")).toThrow(
      "Its number format is <i8; read here are <f8, <f4, |u1.",
    );
  });

  test("every truncation is refused", () => {
    for (const name of ["version2.npy", "plain.npz", "compressed.npz"]) {
      const whole = fixture(name);
      const read = name.endsWith("z") ? readNpz : readNpy;
      for (let length = 0; length < whole.length; length += 7)
        expect(() => read(whole.subarray(0, length), name)).toThrow(NumpyFormatError);
    }
  });
});

describe("writing", () => {
  const values = fc.oneof(fc.float64Array(), fc.float32Array(), fc.uint8Array());
  test("what is written is read again", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), values, { noNullPrototype: true }), (arrays) => {
        const named = Object.fromEntries(
          Object.entries(arrays).map(([name, data]) => [name, { shape: [1, data.length, 1], data }]),
        );
        expect(readNpz(writeNpz(named), "x")).toEqual(named);
      }),
    );
  });

  test("headers end at a multiple of 64, whatever the shape", () => {
    for (let extent = 1; extent < 10 ** 6; extent *= 3)
      for (const shape of [[extent], [1, extent], [1, extent, 1, 1, 1, 1, 1, 1]])
        expect(writeNpy({ shape, data: new Uint8Array(extent) }).length % 64).toBe(extent % 64);
  });

  test("a shape that does not fit is refused", () => {
    expect(() => writeNpy({ shape: [2, 2], data: new Uint8Array(3) })).toThrow("Shape [2, 2] does not hold 3 values.");
  });

  test("the bytes do not depend on the time or its zone", () => {
    const write = () => writeNpz({ a: { shape: [2], data: Float64Array.of(1, 2) } });
    const here = write();
    const zoneOfTests = process.env.TZ;
    try {
      for (const [zone, minutes] of [
        ["Pacific/Kiritimati", -840],
        ["America/Los_Angeles", 480],
      ] as const) {
        process.env.TZ = zone;
        expect(new Date(2026, 0, 1).getTimezoneOffset()).toBe(minutes);
        expect(write()).toEqual(here);
      }
    } finally {
      if (zoneOfTests === undefined) delete process.env.TZ;
      else process.env.TZ = zoneOfTests;
    }
  });
});

describe("broken archives", () => {
  test("one that would unpack to too much is refused before it is unpacked", () => {
    const bomb = zipSync({ "a.npy": new Uint8Array(100_000) }, { level: 9 });
    expect(() => readNpz(bomb, "bomb.npz", { maxBytes: 50_000 })).toThrow(
      "bomb.npz: Unpacked it would take more than 50000 bytes.",
    );
  });

  test("an entry that is no array", () => {
    expect(() => readNpz(zipSync({ "a.npy": new Uint8Array(80) }), "x.npz")).toThrow(
      "x.npz, a.npy: It does not start as a .npy file does.",
    );
  });
});
