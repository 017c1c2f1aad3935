/**
 * Which split a record file belongs to, by its name, and the image sets that several files make together. The official
 * names are data_batch_1.bin to data_batch_5.bin and test_batch.bin; train*.bin and test*.bin serve as well.
 */
import { DataFormatError } from "../../data-error.ts";
import { concatenateImages, type ImageSet, type Split } from "../../image-set.ts";
import type { ImportedImages } from "../data-set.ts";
import { cifar10Facts } from "./facts.ts";
import { parseCifar10Records } from "./records.ts";

export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export const baseName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);

/** The split that a file's name says, or null when it says none. */
export function splitOfName(path: string): Split | null {
  const name = baseName(path).toLowerCase();
  if (!name.endsWith(".bin")) return null;
  if (name.startsWith("data_batch") || name.startsWith("train")) return "train";
  return name.startsWith("test") ? "test" : null;
}

const habitOf = (path: string): string => (baseName(path).toLowerCase().startsWith("train") ? "train" : "data_batch");

/** Numbers in names compare as numbers, so that batch 10 follows batch 9. Code units decide the rest, not a locale. */
function compareNames(a: string, b: string): number {
  const pad = (name: string) => baseName(name).replace(/\d+/g, (digits) => digits.padStart(12, "0"));
  const [left, right] = [pad(a), pad(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Joins record files into splits, in the order of their names whatever the order they came in. Throws DataFormatError. */
export function assembleCifar10(files: readonly NamedBytes[]): ImportedImages {
  const sorted = [...files].sort((a, b) => compareNames(a.name, b.name));
  sorted.forEach((file, index) => {
    if (splitOfName(file.name) === null)
      throw new DataFormatError({
        where: file.name,
        what: "The name says neither training nor test images.",
        remedy: "Name training files data_batch_*.bin or train*.bin and test files test*.bin.",
      });
    if (index > 0 && compareNames(sorted[index - 1].name, file.name) === 0)
      throw new DataFormatError({
        where: file.name,
        what: "Two files have this name or number.",
        remedy: "Give each file once: images counted twice would bias every result.",
      });
  });
  const habits = new Set(sorted.filter((file) => splitOfName(file.name) === "train").map((file) => habitOf(file.name)));
  if (habits.size > 1)
    throw new DataFormatError({
      where: "The training files",
      what: "Some are called data_batch_*.bin and some train*.bin: two copies of the training images, as it seems.",
      remedy: "Give one kind: images counted twice would bias every result.",
    });
  const joined = (split: Split): ImageSet | null => {
    const [first, ...rest] = sorted
      .filter((file) => splitOfName(file.name) === split)
      .map((file) => parseCifar10Records(file.bytes, file.name));
    return first === undefined ? null : concatenateImages([first, ...rest]);
  };
  return describeImport(joined("train"), joined("test"));
}

/** Adds the notes to what was read. Throws DataFormatError when a split has more images than CIFAR-10. */
export function describeImport(train: ImageSet | null, test: ImageSet | null): ImportedImages {
  const notes = [noteOn("train", "training", train), noteOn("test", "test", test)].filter((note) => note !== null);
  return { train, test, notes };
}

function noteOn(split: Split, adjective: string, set: ImageSet | null): string | null {
  const whole = cifar10Facts.counts[split];
  if (set === null) return `No ${adjective} images were given.`;
  if (set.count > whole)
    throw new DataFormatError({
      where: `The ${adjective} files`,
      what: `Together they hold ${set.count} images; CIFAR-10 has ${whole}.`,
      remedy: "Leave out the files that are not CIFAR-10's.",
    });
  return set.count < whole ? `A part of the ${adjective} images: ${set.count} of ${whole}.` : null;
}
