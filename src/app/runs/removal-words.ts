/** A deletion in words. */

const mostNames = 3;

/** "Run deleted: Tanh", "5 runs deleted: A, B, C and 2 more". */
export function removalTitle(names: readonly string[]): string {
  const more = names.length - mostNames;
  const told = `${names.slice(0, mostNames).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  return names.length === 1 ? `Run deleted: ${told}` : `${names.length} runs deleted: ${told}`;
}
