/** CIFAR-10 record files from the file system. */
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { assembleCifar10, splitOfName } from "../../data/cifar10-files.ts";
import { DataMissingError } from "../../data/data-error.ts";
import type { ImageSet, Split } from "../../data/image-set.ts";
import type { DataSpec } from "../../experiment/spec.ts";
import { drawSyntheticSubset, selectImages } from "./select-images.ts";

/** The images of a split. Throws DataMissingError, DataFormatError or SubsetError. */
export async function loadImages(data: DataSpec, split: Split): Promise<ImageSet> {
  if (data.source === "synthetic") return drawSyntheticSubset(data, split);
  if (data.path === undefined)
    throw new DataMissingError({
      where: "data.path",
      what: "The specification says cifar10 and names no file.",
      remedy: 'Set data.path to a .bin file or a folder of them, or data.source to "synthetic".',
    });
  const names = (await recordFiles(data.path)).filter((name) => splitOfName(name) === split);
  const files = await Promise.all(names.map(async (name) => ({ name, bytes: new Uint8Array(await readFile(name)) })));
  const set = assembleCifar10(files)[split];
  if (!set)
    throw new DataMissingError({
      where: data.path,
      what: `There is no ${split} file.`,
      remedy: split === "train" ? "Add data_batch_*.bin or train*.bin." : "Add test_batch.bin or test*.bin.",
    });
  return selectImages(set, data, split);
}

/** The .bin files of a folder; or a file, with those of the other split that lie beside it. */
async function recordFiles(path: string): Promise<string[]> {
  const list = async (folder: string) => (await readdir(folder)).sort().map((name) => join(folder, name));
  try {
    if ((await stat(path)).isDirectory()) return await list(path);
    const own = splitOfName(basename(path));
    const beside = await list(dirname(path));
    return [path, ...beside.filter((name) => splitOfName(name) !== own)];
  } catch (error) {
    throw new DataMissingError(
      {
        where: path,
        what: `It cannot be read (${error instanceof Error ? error.message : String(error)}).`,
        remedy: "Give data.path as a .bin file or a folder of them.",
      },
      error,
    );
  }
}
