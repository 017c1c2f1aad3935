/** Documents and comments point only at what is there. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { anchorsOf, commentsOf, type Reference, referencesIn } from "./references.ts";

const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" });
const files = listed.split("\n").filter((path) => path !== "" && existsSync(path));
const documents = new Set(files.filter((path) => path.endsWith(".md")).map((path) => basename(path)));
const scripts = Object.keys(JSON.parse(readFileSync("package.json", "utf8")).scripts);

function isThere({ kind, target }: Reference, from: string): boolean {
  switch (kind) {
    case "script":
      return scripts.includes(target);
    case "document":
      return documents.has(target);
    case "path":
      return existsSync(target);
    case "link": {
      if (/^(https?|mailto):/.test(target)) return true;
      const [path, anchor] = target.split("#");
      const file = path === "" ? from : normalize(join(dirname(from), decodeURIComponent(path)));
      return existsSync(file) && (anchor === undefined || anchorsOf(readFileSync(file, "utf8")).has(anchor));
    }
  }
}

const broken = (path: string): string[] => {
  const text = readFileSync(path, "utf8");
  const isMarkdown = path.endsWith(".md");
  return referencesIn(isMarkdown ? text : commentsOf(text), isMarkdown)
    .filter((reference) => !isThere(reference, path))
    .map(({ target, line }) => `${path}:${line} points at ${target}`);
};

describe("references", () => {
  test("of documents lead somewhere", () => {
    expect(files.filter((path) => path.endsWith(".md")).flatMap(broken)).toEqual([]);
  });

  test("of comments lead somewhere", () => {
    const sources = files.filter(
      (path) => /\.(tsx?|mjs|cjs|py|wgsl|glsl)$/.test(path) && !path.startsWith("tests/docs/"),
    );
    expect(sources.flatMap(broken)).toEqual([]);
  });

  test("of the decisions' index name every page", () => {
    const pages = files.filter((path) => path.startsWith("docs/decisions/") && !path.endsWith("README.md"));
    const index = referencesIn(readFileSync("docs/decisions/README.md", "utf8"), true).map(({ target }) => target);
    expect(pages.map((path) => basename(path)).filter((page) => !index.includes(page))).toEqual([]);
  });

  test("are found in comments and not in code", () => {
    const source = 'const a = "src/no.ts"; // see src/gone.ts\n/** As in gone.md. `npm run gone` */';
    expect(referencesIn(commentsOf(source), false)).toEqual([
      { kind: "path", target: "src/gone.ts", line: 1 },
      { kind: "document", target: "gone.md", line: 2 },
      { kind: "script", target: "gone", line: 2 },
    ]);
  });

  test("to headings follow the heading's words", () => {
    expect(anchorsOf("# The one idea: tensor programs\n## A WebGPU plan")).toEqual(
      new Set(["the-one-idea-tensor-programs", "a-webgpu-plan"]),
    );
  });
});
