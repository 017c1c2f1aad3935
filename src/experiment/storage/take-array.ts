/** An array of a stored file by its name, of the type it should have. */
import type { ArrayFile, StoredArray } from "./array-file.ts";

/** Throws an Error that says what is wrong. */
export function takeArray<T extends StoredArray>(arrays: ArrayFile["arrays"], name: string, type: { new (): T }): T {
  const array = Object.hasOwn(arrays, name) ? arrays[name] : undefined;
  if (!(array instanceof type)) throw new Error(`"${name}" is not there as ${type.name}`);
  return array;
}
