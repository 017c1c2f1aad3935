/** The manifest of a stored image set: made when saving, checked against the bytes when loading. */
import { StorageCorruptError } from "./data-error.ts";
import { type ImageSet, imageBytes } from "./image-set.ts";
import { sha256Hex } from "./sha256.ts";
import type { StoredManifest, StoredRecord } from "./stored-records.ts";

/** The bytes to store for `set`, labels first, and their manifest. */
export async function describeForStorage(
  name: string,
  set: ImageSet,
  note: string,
): Promise<{ readonly manifest: StoredManifest; readonly bytes: Uint8Array<ArrayBuffer> }> {
  const { pixels, labels, ...shape } = set;
  const bytes = new Uint8Array(labels.length + pixels.length);
  bytes.set(labels);
  bytes.set(pixels, labels.length);
  const sha256 = await sha256Hex(bytes);
  return { manifest: { version: 1, name, ...shape, bytes: bytes.length, sha256, savedAtMs: Date.now(), note }, bytes };
}

/** The image set of a record. Throws StorageCorruptError when manifest and bytes do not belong together. */
export async function restoreFromStorage(name: string, { manifest, bytes }: StoredRecord): Promise<ImageSet> {
  const corrupt = (what: string) =>
    new StorageCorruptError({
      where: `The stored set "${name}"`,
      what,
      remedy: "Remove it under Data, and import or download the images again.",
    });
  if (!isManifest(manifest)) throw corrupt("Its description is damaged or of another version of Basin.");
  if (bytes.length !== manifest.bytes) throw corrupt(`It has ${bytes.length} bytes, and ${manifest.bytes} were saved.`);
  if ((await sha256Hex(bytes)) !== manifest.sha256) throw corrupt("Its bytes are not those that were saved.");
  const { count, channels, height, width, classNames } = manifest;
  return {
    labels: bytes.subarray(0, count),
    pixels: bytes.subarray(count),
    count,
    channels,
    height,
    width,
    classNames,
  };
}

/** Whether something read from storage is a manifest whose counts agree with one another. */
export function isManifest(value: unknown): value is StoredManifest {
  if (typeof value !== "object" || value === null) return false;
  const candidate = value as Partial<Record<keyof StoredManifest, unknown>>;
  const { count, channels, height, width, classNames, bytes } = candidate;
  const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 0;
  return (
    candidate.version === 1 &&
    typeof candidate.name === "string" &&
    isCount(count) &&
    isCount(channels) &&
    isCount(height) &&
    isCount(width) &&
    bytes === count * (1 + imageBytes({ channels, height, width })) &&
    Array.isArray(classNames) &&
    classNames.every((name) => typeof name === "string") &&
    typeof candidate.sha256 === "string" &&
    typeof candidate.savedAtMs === "number" &&
    typeof candidate.note === "string"
  );
}
