/**
 * CIFAR-10 as Hugging Face publishes it: parquet with the columns `img` (a struct whose `bytes` is a PNG file) and
 * `label`. PNG bytes are decoded as bytes, never through a canvas, whose pixels some browsers disturb.
 */
import { decode, hasPngSignature } from "fast-png";
import { type FileMetaData, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { checkParquetPages } from "../../check-parquet-pages.ts";
import { DataFormatError, messageOf } from "../../data-error.ts";
import { type ImageSet, imageBytes, type Split } from "../../image-set.ts";
import { unpackSnappy } from "../../unpack-snappy.ts";
import { cifar10Facts } from "./facts.ts";
import { baseName } from "./record-files.ts";

const { image: shape, classNames, counts } = cifar10Facts;

export interface DecodeOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: {
    readonly phase: "decoding";
    readonly done: number;
    readonly total: number;
  }) => void;
}

/** Signature, and the first chunk up to its width and height. */
const pngHeaderBytes = 24;
/** Far more than 3,072 bytes of pixels need. */
const maxPngBytes = 64 * 1024;

/** The split that a name like train-00000-of-00001.parquet says. Throws DataFormatError when it says none. */
export function splitOfParquetName(path: string): Split {
  const name = baseName(path).toLowerCase();
  if (name.startsWith("train")) return "train";
  if (name.startsWith("test")) return "test";
  throw new DataFormatError({
    where: path,
    what: "The name says neither training nor test images.",
    remedy: "Name the parquet files train….parquet and test….parquet, as they are published.",
  });
}

/** The images of one parquet file; `where` names it in errors. Throws DataFormatError. */
export async function readCifar10Parquet(
  file: ArrayBuffer,
  where: string,
  { signal, onProgress }: DecodeOptions = {},
): Promise<ImageSet> {
  const metadata = await readMetadata(file, where);
  const count = Number(metadata.num_rows);
  const size = imageBytes(shape);
  const pixels = new Uint8Array(count * size);
  const labels = new Uint8Array(count);
  let index = 0;
  for (const group of metadata.row_groups) {
    signal?.throwIfAborted();
    for (const row of await readRows(file, metadata, index, index + Number(group.num_rows), where)) {
      const place = `${where}, row ${index}`;
      labels[index] = labelOf(row, place);
      decodePng(pngOf(row, place), pixels.subarray(index * size, (index + 1) * size), place);
      index++;
    }
    onProgress?.({ phase: "decoding", done: index, total: count });
  }
  if (index !== count) throw damaged(where, `It says that it has ${count} rows, and has ${index}.`);
  return { ...shape, pixels, labels, count, classNames };
}

type Row = Readonly<Record<string, unknown>>;

const damaged = (where: string, what: string, cause?: unknown): DataFormatError =>
  new DataFormatError({ where, what, remedy: "Fetch the file again from the published revision." }, cause);

async function readMetadata(file: ArrayBuffer, where: string): Promise<FileMetaData> {
  const metadata = await parquetMetadataAsync(file, { geoparquet: false }).catch((error: unknown) => {
    throw damaged(where, `The parquet file is truncated or damaged (${messageOf(error)}).`, error);
  });
  const rows = Number(metadata.num_rows);
  if (!(rows >= 1 && rows <= counts.train))
    throw damaged(where, `It says that it has ${rows} rows; CIFAR-10's files have 1 to ${counts.train}.`);
  try {
    checkParquetPages(file, metadata);
  } catch (error) {
    throw damaged(where, `The parquet file is damaged (${messageOf(error)}).`, error);
  }
  return metadata;
}

async function readRows(
  file: ArrayBuffer,
  metadata: FileMetaData,
  rowStart: number,
  rowEnd: number,
  where: string,
): Promise<readonly Row[]> {
  const compressors = { SNAPPY: unpackSnappy };
  const options = { file, metadata, rowStart, rowEnd, columns: ["img", "label"], utf8: false, compressors };
  const rows = await parquetReadObjects(options).catch((error: unknown) => {
    throw damaged(where, `Rows ${rowStart} to ${rowEnd - 1} cannot be read (${messageOf(error)}).`, error);
  });
  if (rows.length !== rowEnd - rowStart)
    throw damaged(where, `Row ${rowStart + rows.length} and those after it are missing.`);
  return rows;
}

function labelOf({ label }: Row, where: string): number {
  const value = typeof label === "bigint" ? Number(label) : label;
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value < classNames.length) return value;
  throw damaged(where, `The label is ${String(label)}; CIFAR-10's labels are 0 to ${classNames.length - 1}.`);
}

/** The row's PNG file, whose header says that it is small: checked before decoding, for 64 KiB may inflate to gigabytes. */
function pngOf({ img }: Row, where: string): Uint8Array {
  const bytes = typeof img === "object" && img !== null && "bytes" in img ? img.bytes : undefined;
  if (!(bytes instanceof Uint8Array && hasPngSignature(bytes) && bytes.length >= pngHeaderBytes))
    throw damaged(where, 'The column "img" holds no PNG image.');
  const header = new DataView(bytes.buffer, bytes.byteOffset, pngHeaderBytes);
  const [width, height] = [header.getUint32(16), header.getUint32(20)];
  if (width !== shape.width || height !== shape.height || bytes.length > maxPngBytes)
    throw damaged(
      where,
      `The image is ${width} × ${height} in ${bytes.length} bytes, not ${shape.width} × ${shape.height}.`,
    );
  return bytes;
}

/** Decodes into `planes`, [channels, height, width]. */
function decodePng(png: Uint8Array, planes: Uint8Array, where: string): void {
  const { channels, height, width } = shape;
  let image: ReturnType<typeof decode>;
  try {
    image = decode(png, { checkCrc: true });
  } catch (error) {
    throw damaged(where, `The PNG image is damaged (${messageOf(error)}).`, error);
  }
  if (image.channels !== channels || image.depth !== 8)
    throw damaged(where, `The image has ${image.channels} channels of ${image.depth} bits, not ${channels} of 8.`);
  const plane = height * width;
  for (let pixel = 0; pixel < plane; pixel++)
    for (let channel = 0; channel < channels; channel++)
      planes[channel * plane + pixel] = image.data[pixel * channels + channel];
}
