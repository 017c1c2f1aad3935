/** Doc comments stand without the line below them: each opens with its subject, or with what is done. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

/** Words that lean on the identifier below when a comment opens with them. "Where …" and "Which …" may be clauses of their own. */
const leaning = new Set(
  "Of And Or But By With Without In Into At On As To From Than While Though So That Also Else Because Whose".split(" "),
);

/** The doc comments of a source text that open with a leaning word: line, and the words they open with. */
function leaningComments(source: string): { line: number; opening: string }[] {
  return [...source.matchAll(/\/\*\*\s*(?:\*\s*)?((\w+)[^\n]*)/g)]
    .filter(([, , first = ""]) => leaning.has(first))
    .map(({ index, 1: opening = "" }) => ({ line: source.slice(0, index).split("\n").length, opening }));
}

describe("doc comments", () => {
  test("open with their subject", () => {
    const listed = execFileSync("git", ["ls-files", "src", "workers"], { encoding: "utf8" }).split("\n");
    const sources = listed.filter((path) => /\.tsx?$/.test(path) && existsSync(path));
    expect(sources.length).toBeGreaterThan(100);
    const found = sources.flatMap((path) =>
      leaningComments(readFileSync(path, "utf8")).map(({ line, opening }) => `${path}:${line} ${opening}`),
    );
    expect(found).toEqual([]);
  });

  test("that lean on the line below are found, on one line or several", () => {
    const source = ["/** Of one probe. */", "const a = 1;", "/**", " * In bytes.", " */", "/** Offset in bytes. */"];
    expect(leaningComments(source.join("\n"))).toEqual([
      { line: 1, opening: "Of one probe. */" },
      { line: 3, opening: "In bytes." },
    ]);
  });
});
