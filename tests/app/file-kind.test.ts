import { describe, expect, it } from "vitest";
import { kindOfFiles, readableFiles } from "../../src/app/intake/file-kind.ts";

const files = (...names: string[]) => names.map((name) => new File([], name));
const kindOf = (...names: string[]) => kindOfFiles(files(...names), "synthetic");

describe("dropped files", () => {
  it("are told apart by their names", () => {
    expect(kindOf("runs.zip").kind).toBe("runs");
    expect(kindOf("surface.npz", "run.json").kind).toBe("runs");
    expect(kindOf("Weights.SAFETENSORS").kind).toBe("weights");
    for (const name of ["cifar-10-binary.tar.gz", "cifar.tar", "DATA_BATCH_1.BIN", "train.parquet"])
      expect(kindOf(name)).toEqual({ kind: "images", set: "cifar10" });
  });

  it("of no format that Basin reads are named by their endings", () => {
    expect(kindOf("notes.docx")).toEqual({ kind: "foreign", endings: [".docx"] });
    expect(kindOf("data_batch_1.bin", "a.PNG", "b.png", "README")).toEqual({
      kind: "foreign",
      endings: [".png", "README"],
    });
  });

  it("may be any of these", () => {
    expect(readableFiles()).toBe(
      "cifar-10-binary.tar.gz, its .bin files or the .parquet files (images of CIFAR-10); .safetensors (weights); .zip or folders (runs)",
    );
  });
});
