/** The error of a specification, link or command-line setting that can't be used: all that is wrong with it at once. */

export interface SpecProblem {
  /** Dotted JSON path from the document's root (`training.stepAt[1]`), a link's key, or a command-line option. */
  readonly path: string;
  /** The value there, shortened; "" where the trouble is that there is none. */
  readonly found: string;
  /** What is wrong, as a full sentence that names the path and the value. */
  readonly what: string;
  /** What would do, as a full sentence. */
  readonly remedy: string;
}

export class SpecError extends Error {
  override readonly name = "SpecError";
  readonly problems: readonly SpecProblem[];

  /** `subject` names what was read: "The specification", "The link". */
  constructor(subject: string, problems: readonly SpecProblem[]) {
    const lines = problems.map(({ what, remedy }) => `${what} ${remedy}`);
    const count = lines.length === 1 ? "a problem" : `${lines.length} problems`;
    super(`${subject} has ${count}:\n${lines.map((line) => `- ${line}`).join("\n")}`);
    this.problems = problems;
  }
}

/** A value as it stands in a message: JSON, at most 60 characters. */
export function showValue(value: unknown): string {
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** The known name closest to a misspelt one, within two edits and half its length; null when none is near. */
export function nearestName(name: string, known: readonly string[]): string | null {
  const limit = Math.min(2, Math.floor(name.length / 2));
  const ranked = known
    .map((candidate) => ({ candidate, edits: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  return ranked.length > 0 && ranked[0].edits <= limit ? ranked[0].candidate : null;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Number.POSITIVE_INFINITY;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(replaced, previous[j] + 1, row[j - 1] + 1, swapped ? beforePrevious[j - 2] + 1 : replaced);
    }
    [beforePrevious, previous] = [previous, row];
  }
  return previous[b.length];
}
