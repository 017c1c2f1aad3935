/**
 * CIFAR-10's binary records (Krizhevsky 2009): one label byte, then 3,072 bytes, 1,024 each of red, green and blue, row
 * by row. A file is such records and nothing else.
 */
import { DataFormatError } from "../../data-error.ts";
import { type ImageSet, imageBytes } from "../../image-set.ts";
import { cifar10Facts } from "./facts.ts";

const { image, classNames } = cifar10Facts;

const pixelBytes = imageBytes(image);
export const cifar10RecordBytes = 1 + pixelBytes;
/** CIFAR-100 puts two labels before the same pixels. */
const cifar100RecordBytes = 2 + pixelBytes;

/** The images of one file; `where` names it in errors. Throws DataFormatError. */
export function parseCifar10Records(bytes: Uint8Array, where: string): ImageSet {
  checkSize(bytes.length, where);
  const count = bytes.length / cifar10RecordBytes;
  const pixels = new Uint8Array(count * pixelBytes);
  const labels = new Uint8Array(count);
  for (let record = 0; record < count; record++) {
    const start = record * cifar10RecordBytes;
    const label = bytes[start];
    if (label >= classNames.length)
      throw new DataFormatError({
        where: `${where}, record ${record} (byte ${start})`,
        what: `The label is ${label}; CIFAR-10's labels are 0 to ${classNames.length - 1}.`,
        remedy: "The file is damaged or of another data set: fetch it again.",
      });
    labels[record] = label;
    pixels.set(bytes.subarray(start + 1, start + cifar10RecordBytes), record * pixelBytes);
  }
  return { ...image, pixels, labels, count, classNames };
}

function checkSize(size: number, where: string): void {
  if (size === 0)
    throw new DataFormatError({ where, what: "The file is empty.", remedy: "Fetch it again, or choose another file." });
  const excess = size % cifar10RecordBytes;
  if (excess === 0) return;
  const isCifar100 = size % cifar100RecordBytes === 0;
  throw new DataFormatError({
    where,
    what: isCifar100
      ? `${size} bytes are whole records of CIFAR-100 (${cifar100RecordBytes} bytes each), not of CIFAR-10 (${cifar10RecordBytes}).`
      : `${size} bytes are not whole records of ${cifar10RecordBytes} bytes: ${excess} are left over.`,
    remedy: isCifar100
      ? "Use the files of CIFAR-10's binary version."
      : "The file is truncated or of another format: fetch it again.",
  });
}

/** The records of `set`, the inverse of parsing. */
export function formatCifar10Records(set: ImageSet): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(set.count * cifar10RecordBytes);
  set.labels.forEach((label, record) => {
    const start = record * cifar10RecordBytes;
    bytes[start] = label;
    bytes.set(set.pixels.subarray(record * pixelBytes, (record + 1) * pixelBytes), start + 1);
  });
  return bytes;
}
