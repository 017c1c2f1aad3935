/** Images in files, for the command line. The only file of the data layer that needs Node. */
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DataMissingError, messageOf } from "./data-error.ts";
import type { ImageSet, Split } from "./image-set.ts";
import { type DataSetInFiles, type ImageFiles, splitAdjectives } from "./load-images.ts";
import { dataSetFacts } from "./sets/facts.ts";

/**
 * Reads the images of `path`: a folder, whose files belong to the splits that their names say; or a file of one split,
 * which serves as training images whatever its name, the test files beside it as test images; or an archive. Throws
 * DataMissingError when there is nothing for a split, and DataFormatError for damaged files.
 */
export const nodeImages: ImageFiles = {
  async read(set, split, path) {
    if (path === undefined)
      throw new DataMissingError({
        where: 'The spec\'s "data"',
        what: `The source is "${set.facts.id}", and no path says where its files are.`,
        remedy: `Set "path" to a file of it or a folder of them, or the source to "${dataSetFacts[0].id}".`,
      });
    const status = await stat(path).catch((error: unknown) => {
      throw unreadable(path, error);
    });
    return status.isDirectory() ? readFolder(set, path, split) : readOneFile(set, path, split);
  },
};

async function readFolder(set: DataSetInFiles, folder: string, split: Split): Promise<ImageSet> {
  const images = await readNamed(set, folder, split);
  if (images !== null) return images;
  const names = set.facts.files?.names[split] ?? "its files";
  throw new DataMissingError({
    where: folder,
    what: `The folder holds no ${splitAdjectives[split]} images.`,
    remedy: `Put ${names} there, or name a folder that has both kinds.`,
  });
}

async function readOneFile(set: DataSetInFiles, path: string, split: Split): Promise<ImageSet> {
  const bytes = await readBytes(path);
  const alone = set.reader.readOneSplit(bytes, path);
  if (alone && split === "train") return alone;
  const images = alone
    ? await readNamed(set, dirname(path), "test", basename(path))
    : (await set.reader.importFiles([new File([bytes], path)]))[split];
  if (images !== null) return images;
  throw new DataMissingError({
    where: path,
    what: alone
      ? "This file serves as training images, and no other file beside it holds test images."
      : `The file holds no ${splitAdjectives[split]} images.`,
    remedy: `Name a folder that holds both kinds: ${set.facts.files?.names.train}, and ${set.facts.files?.names.test}.`,
  });
}

/** The images of a folder's files of a split, but for the file called `except`; null where there is none. */
async function readNamed(set: DataSetInFiles, folder: string, split: Split, except?: string): Promise<ImageSet | null> {
  const names = (await readdir(folder)).filter((name) => set.reader.splitOfName(name) === split && name !== except);
  if (names.length === 0) return null;
  const paths = names.map((name) => join(folder, name));
  const files = await Promise.all(paths.map(async (path) => new File([await readBytes(path)], path)));
  return (await set.reader.importFiles(files))[split];
}

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
      remedy: "Name a file or a folder of them that exists; a relative path starts at the current folder.",
    },
    cause,
  );
