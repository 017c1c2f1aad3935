/**
 * Any tree of plain objects, lists, texts, numbers and number arrays as a file of the browser's storage: the arrays apart
 * under names, and a tree that says where they go. Numbers that JSON can't hold become null outside of arrays.
 */
import type { ArrayFile, StoredArray } from "./array-file.ts";

const reference = "$array";

export function treeToFile(tree: unknown): ArrayFile {
  const arrays: Record<string, StoredArray> = {};
  const strip = (node: unknown): unknown => {
    if (node instanceof Float32Array || node instanceof Float64Array || node instanceof Uint8Array) {
      const name = String(Object.keys(arrays).length);
      arrays[name] = node;
      return { [reference]: name };
    }
    if (Array.isArray(node)) return node.map(strip);
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, member]) => [key, strip(member)]));
  };
  return { meta: strip(tree), arrays };
}

/** Throws an Error where an array is missing. */
export function treeFromFile({ meta, arrays }: ArrayFile): unknown {
  const restore = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(restore);
    if (typeof node !== "object" || node === null) return node;
    const entries = Object.entries(node);
    const [first] = entries;
    if (entries.length !== 1 || first[0] !== reference)
      return Object.fromEntries(entries.map(([key, member]) => [key, restore(member)]));
    const name = String(first[1]);
    if (!Object.hasOwn(arrays, name)) throw new Error(`array ${name} is not in the file`);
    return arrays[name];
  };
  return restore(meta);
}
