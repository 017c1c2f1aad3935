/**
 * Makes image sets of files that somebody dropped or named: the official archive, record files, or the parquet files of
 * Hugging Face, told apart by their contents. Everything is read; nothing is kept here.
 */
import { DataFormatError, DataMissingError } from "../../data-error.ts";
import { detectFormat, type FileFormat, formatHeadBytes } from "../../file-format.ts";
import type { ImageSet, Split } from "../../image-set.ts";
import type { ImportedImages, ImportOptions } from "../data-set.ts";
import { maxArchiveBytes, readCifar10Archive } from "./archive.ts";
import { readCifar10Parquet, splitOfParquetName } from "./parquet.ts";
import { assembleCifar10, describeImport, type NamedBytes } from "./record-files.ts";

/**
 * The CIFAR-10 images in `files`. Throws DataFormatError for a file that is no part of CIFAR-10 and DataMissingError
 * when there is no file; rejects with the signal's reason when it is aborted.
 */
export async function importCifar10(files: readonly File[], options: ImportOptions = {}): Promise<ImportedImages> {
  if (files.length === 0)
    throw new DataMissingError({
      where: "CIFAR-10",
      what: "No file was given.",
      remedy: "Give cifar-10-binary.tar.gz or its .bin files.",
    });
  const reading = readingProgress(files, options);
  const records: NamedBytes[] = [];
  const decoded: Record<Split, ImageSet | null> = { train: null, test: null };
  for (const file of files) {
    options.signal?.throwIfAborted();
    const format = detectFormat(new Uint8Array(await file.slice(0, formatHeadBytes).arrayBuffer()));
    refuseForeign(file, format);
    if (format === "gzip" || format === "tar") {
      const compression = format === "gzip" ? "gzip" : "none";
      const stream = file.stream().pipeThrough(reading.counter());
      records.push(...(await readCifar10Archive(stream, { compression, where: file.name, signal: options.signal })));
    } else if (format === "parquet") {
      const split = splitOfParquetName(file.name);
      if (decoded[split] !== null) throw givenTwice(file.name, split);
      const bytes = await file.arrayBuffer();
      reading.add(bytes.byteLength);
      decoded[split] = await readCifar10Parquet(bytes, file.name, options);
    } else {
      records.push({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
      reading.add(file.size);
    }
  }
  const assembled = assembleCifar10(records);
  for (const split of ["train", "test"] as const)
    if (decoded[split] !== null && assembled[split] !== null) throw givenTwice("The parquet file", split);
  return describeImport(decoded.train ?? assembled.train, decoded.test ?? assembled.test);
}

const givenTwice = (where: string, split: Split): DataFormatError =>
  new DataFormatError({
    where,
    what: `There is another source of ${split} images among the files.`,
    remedy: "Give each split once: images counted twice would bias every result.",
  });

function refuseForeign(file: File, format: FileFormat): void {
  if (format === "zip")
    throw new DataFormatError({
      where: file.name,
      what: "This is a zip archive.",
      remedy: "Unpack it and give the .bin files, or use cifar-10-binary.tar.gz as published.",
    });
  if (file.size > maxArchiveBytes)
    throw new DataFormatError({
      where: file.name,
      what: `The file has ${file.size} bytes, more than the whole of CIFAR-10.`,
      remedy: "Give CIFAR-10's own files.",
    });
}

/** Counts bytes over all files. */
function readingProgress(files: readonly File[], { onProgress }: ImportOptions) {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  let done = 0;
  const add = (bytes: number) => {
    done += bytes;
    onProgress?.({ phase: "reading", done, total });
  };
  const counter = () =>
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        add(chunk.length);
        controller.enqueue(chunk);
      },
    });
  return { add, counter };
}
