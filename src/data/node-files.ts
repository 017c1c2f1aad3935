/** CIFAR-10 in files, for the command line. The only file of the data layer that needs Node. */
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { assembleCifar10, splitOfName } from "./cifar10-files.ts";
import { parseCifar10Records } from "./cifar10-records.ts";
import { DataMissingError, messageOf } from "./data-error.ts";
import { detectFormat, formatHeadBytes } from "./file-format.ts";
import type { ImageSet, Split } from "./image-set.ts";
import { importCifar10 } from "./import-files.ts";
import type { ImageReader } from "./load-images.ts";

/**
 * Reads the images of `path`: a folder, whose data_batch_*.bin or train*.bin are the training images and whose test*.bin
 * are the test images; or one .bin file, which serves as training images whatever its name, the test*.bin beside it as
 * test images; or an archive or parquet file. Throws DataMissingError when there is nothing for a split, and
 * DataFormatError for damaged files.
 */
export const nodeImages: ImageReader = {
  async readCifar10(split, path) {
    if (path === undefined)
      throw new DataMissingError({
        where: 'The spec\'s "data"',
        what: 'The source is "cifar10", and no path says where its files are.',
        remedy: 'Set "path" to a .bin file or a folder of them, or the source to "synthetic".',
      });
    const status = await stat(path).catch((error: unknown) => {
      throw unreadable(path, error);
    });
    return status.isDirectory() ? readFolder(path, split) : readOneFile(path, split);
  },
};

async function readFolder(folder: string, split: Split): Promise<ImageSet> {
  const images = await readRecords(folder, await namesFor(split, folder), split);
  if (images !== null) return images;
  throw new DataMissingError({
    where: folder,
    what: `The folder holds no ${nounOf(split)}.`,
    remedy:
      split === "train"
        ? "Put data_batch_*.bin or train*.bin there, or name another folder."
        : "Put test_batch.bin or test*.bin there, or name a folder that has both kinds.",
  });
}

async function readOneFile(path: string, split: Split): Promise<ImageSet> {
  const bytes = await readBytes(path);
  const isRecords = detectFormat(bytes.subarray(0, formatHeadBytes)) === "unknown";
  if (isRecords && split === "train") return parseCifar10Records(bytes, path);
  const images = isRecords
    ? await readRecords(dirname(path), await namesFor("test", dirname(path), basename(path)), "test")
    : (await importCifar10([new File([bytes], path)]))[split];
  if (images !== null) return images;
  throw new DataMissingError({
    where: path,
    what: isRecords
      ? "This file serves as training images, and no other file beside it holds test images."
      : `The file holds no ${nounOf(split)}.`,
    remedy: "Name a folder that holds train*.bin (or data_batch_*.bin) and test*.bin.",
  });
}

/** The record files of a split in a folder, but for `except`. */
const namesFor = async (split: Split, folder: string, except?: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => splitOfName(name) === split && name !== except);

async function readRecords(folder: string, names: readonly string[], split: Split): Promise<ImageSet | null> {
  const paths = names.map((name) => join(folder, name));
  const files = await Promise.all(paths.map(async (name) => ({ name, bytes: await readBytes(name) })));
  return assembleCifar10(files)[split];
}

const nounOf = (split: Split): string => (split === "train" ? "training images" : "test images");

async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    throw unreadable(path, error);
  }
}

const unreadable = (path: string, cause: unknown): DataMissingError =>
  new DataMissingError(
    {
      where: path,
      what: `It cannot be read (${messageOf(cause)}).`,
      remedy: "Name a .bin file or a folder of them that exists; a relative path starts at the current folder.",
    },
    cause,
  );
