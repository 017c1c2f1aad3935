/**
 * NumPy's .npz: a zip of .npy files, one for each named array. The bytes written depend on the arrays only (every entry
 * carries the same date, the zip format's first).
 */
import { unzipSync, zipSync } from "fflate";
import { NumpyFormatError } from "../experiment-error.ts";
import { type NumpyArray, readNpy, writeNpy } from "./npy.ts";

/** Local time, since zip dates have no zone: the same bytes in every zone. */
const fixedDate = () => new Date(1980, 0, 1);

export function writeNpz(arrays: Readonly<Record<string, NumpyArray>>): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, writeNpy(array)]);
  return zipSync(Object.fromEntries(entries), { level: 6, mtime: fixedDate() });
}

export interface ReadLimits {
  /** Sum over the entries, unpacked: beyond it the file is refused before it is unpacked. */
  readonly maxBytes: number;
}

/** `where` names the file in errors. Throws NumpyFormatError. */
export function readNpz(
  file: Uint8Array,
  where: string,
  { maxBytes }: ReadLimits = { maxBytes: 2 ** 30 },
): Readonly<Record<string, NumpyArray>> {
  const fail = (what: string, remedy: string, cause?: unknown): never => {
    throw new NumpyFormatError({ where, what, remedy }, cause);
  };
  let unpackedBytes = 0;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(file, {
      filter: ({ name, originalSize }) => {
        unpackedBytes += originalSize;
        if (unpackedBytes > maxBytes)
          fail(`Unpacked it would take more than ${maxBytes} bytes.`, "Give a file of reasonable size.");
        return name.endsWith(".npy");
      },
    });
  } catch (error) {
    if (error instanceof NumpyFormatError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    return fail(
      `It is not a whole zip file (${reason}).`,
      "Copy it again, or check that it was written by numpy.savez.",
      error,
    );
  }
  const arrays = Object.entries(files).map(([name, bytes]) => [
    name.slice(0, -".npy".length),
    readNpy(bytes, `${where}, ${name}`),
  ]);
  return Object.fromEntries(arrays);
}
