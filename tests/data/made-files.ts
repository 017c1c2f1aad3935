/** Files as the world would give them, made from the synthetic set: never the real pictures. */
import { encode } from "fast-png";
import { parquetWriteBuffer } from "hyparquet-writer";
import { packTar, type TarHeader } from "modern-tar";
import { type ImageSet, imageBytes, type Split } from "../../src/data/image-set.ts";
import { formatCifar10Records } from "../../src/data/sets/cifar10/records.ts";
import { picturesOf } from "./synthetic-pictures.ts";

export type Bytes = Uint8Array<ArrayBuffer>;

/** A CIFAR-10 record file of `count` pictures, different for every `seed`. */
export const recordsOf = (count: number, seed = 0, split: Split = "train"): Bytes =>
  formatCifar10Records(picturesOf(count, seed, split));

export interface MadeEntry {
  readonly name: string;
  readonly data?: Bytes;
  readonly type?: TarHeader["type"];
  readonly linkname?: string;
}

export const tarOf = (entries: readonly MadeEntry[]): Promise<Bytes> =>
  packTar(
    entries.map(({ data, ...header }) => ({
      header: { ...header, size: data?.length ?? 0, mtime: new Date(0) },
      body: data,
    })),
  );

/** A tar header of a file, whatever follows it. */
export function tarHeaderOf(name: string, size: number): Bytes {
  const header = new Uint8Array(512);
  const write = (text: string, offset: number) => header.set(new TextEncoder().encode(text), offset);
  write(name, 0);
  write("0000644\0", 100);
  write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  write("        0", 148);
  write("ustar\x0000", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

/** An archive laid out as the official one, with `perBatch` pictures a file. Batch b has seed b, the test batch seed 9. */
export const officialEntries = (perBatch: number): MadeEntry[] => [
  { name: "cifar-10-batches-bin/", type: "directory" },
  // The official archive does not hold its batches in order either.
  ...[1, 5, 2, 3, 4].map((b) => ({ name: `cifar-10-batches-bin/data_batch_${b}.bin`, data: recordsOf(perBatch, b) })),
  { name: "cifar-10-batches-bin/batches.meta.txt", data: new TextEncoder().encode("airplane\n") },
  { name: "cifar-10-batches-bin/readme.html", data: new TextEncoder().encode("<html></html>") },
  { name: "cifar-10-batches-bin/test_batch.bin", data: recordsOf(perBatch, 9) },
];

/** The images of `set` as PNG files. */
export function pngsOf(set: ImageSet): Uint8Array[] {
  const size = imageBytes(set);
  const plane = set.height * set.width;
  return Array.from(set.labels, (_, index) => {
    const planes = set.pixels.subarray(index * size, (index + 1) * size);
    const data = new Uint8Array(size);
    for (let pixel = 0; pixel < plane; pixel++)
      for (let channel = 0; channel < set.channels; channel++)
        data[pixel * set.channels + channel] = planes[channel * plane + pixel];
    return encode({ width: set.width, height: set.height, data, channels: set.channels, depth: 8 });
  });
}

/** A parquet file with Hugging Face's columns. */
export function parquetOf(pngs: readonly Uint8Array[], labels: readonly number[], imageColumn = "img"): ArrayBuffer {
  return parquetWriteBuffer({
    schema: [
      { name: "root", num_children: 2 },
      { name: imageColumn, num_children: 2, repetition_type: "OPTIONAL" },
      { name: "bytes", type: "BYTE_ARRAY", repetition_type: "OPTIONAL" },
      { name: "path", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
      { name: "label", type: "INT64", repetition_type: "OPTIONAL" },
    ],
    columnData: [
      { name: imageColumn, data: pngs.map((bytes) => ({ bytes, path: null })) },
      { name: "label", data: labels.map(BigInt) },
    ],
    rowGroupSize: 50,
  });
}
