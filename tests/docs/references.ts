/** What a text of this repository points at: files, headings, commands. Reads text only; whether it is there is asked elsewhere. */

export interface Reference {
  readonly kind: "link" | "path" | "document" | "script";
  /** As it is written: `architecture.md#jobs-and-workers`, `src/tensor/program.ts`, `check:unit`. */
  readonly target: string;
  readonly line: number;
}

const folders = "src|tests|docs|workers|scripts|public";
const endings = "tsx?|mjs|cjs|css|wgsl|glsl|json|py|md";
const pathPattern = new RegExp(`(?<![\\w./-])(?:${folders})/[\\w./-]*?\\.(?:${endings})(?![\\w-])`, "g");
const documentPattern = /(?<![\w./-])[a-z][\w-]*\.md(?![\w-])/g;
const linkPattern = /\]\(([^()\s]+)\)/g;
const scriptPattern = /npm run ([a-z][\w:-]*)/g;

/** Where the comments of a source text are, the rest blanked, so that lines keep their numbers. */
export function commentsOf(source: string): string {
  const blank = (text: string) => text.replace(/[^\n]/g, " ");
  const comment = /\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*/g;
  let result = "";
  let end = 0;
  for (const match of source.matchAll(comment)) {
    result += blank(source.slice(end, match.index)) + match[0];
    end = match.index + match[0].length;
  }
  return result + blank(source.slice(end));
}

/** Every reference of a Markdown text or of a source's comments, in order. */
export function referencesIn(text: string, isMarkdown: boolean): Reference[] {
  return text.split("\n").flatMap((content, index) => {
    const line = index + 1;
    const found = (kind: Reference["kind"], pattern: RegExp, group: number): Reference[] =>
      [...content.matchAll(pattern)].map((match) => ({ kind, target: match[group], line }));
    const links = isMarkdown ? found("link", linkPattern, 1) : [];
    const paths = found("path", pathPattern, 0).filter(({ target }) => !links.some((link) => link.target === target));
    const documents = isMarkdown ? [] : found("document", documentPattern, 0);
    return [...links, ...paths, ...documents, ...found("script", scriptPattern, 1)];
  });
}

/** Anchors of a Markdown text's headings, as the usual hosts make them. */
export function anchorsOf(markdown: string): Set<string> {
  const headings = markdown.matchAll(/^#{1,6} +(.+)$/gm);
  const slug = (heading: string) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .trim()
      .replace(/ /g, "-");
  return new Set([...headings].map(([, heading]) => slug(heading)));
}
