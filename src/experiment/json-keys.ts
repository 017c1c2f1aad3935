/**
 * Finds a key that a JSON text gives twice in one object. `JSON.parse` keeps the last of them without a word, and the
 * two readers of a file may then each see another document.
 */

/** Strings, and the brackets and commas that tell keys from values. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\],]/gs;

/** The first repeated key, dotted from the root (entries of lists as `[]`), or null. `text` must be valid JSON. */
export function repeatedKey(text: string): string | null {
  const open: { readonly keys: Set<string> | null; key: string }[] = [];
  let expectsKey = false;
  for (const [symbol] of text.matchAll(token)) {
    const top = open.at(-1);
    if (symbol === "{") {
      open.push({ keys: new Set(), key: "" });
      expectsKey = true;
    } else if (symbol === "[") {
      open.push({ keys: null, key: "[]" });
      expectsKey = false;
    } else if (symbol === "}" || symbol === "]") {
      open.pop();
      expectsKey = false;
    } else if (symbol === ",") {
      expectsKey = top?.keys != null;
    } else if (expectsKey && top?.keys) {
      top.key = JSON.parse(symbol);
      if (top.keys.has(top.key)) return open.map(({ key }) => key).join(".");
      top.keys.add(top.key);
      expectsKey = false;
    }
  }
  return null;
}
