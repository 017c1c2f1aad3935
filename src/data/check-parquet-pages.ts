/**
 * Holds the pages of a parquet file against the file, before hyparquet (1.31) reads them: it believes the counts of a damaged page
 * and goes through as many values as that says, which may be billions. Format: Apache Parquet, "Data Pages" and "Encodings".
 */
import type { ColumnMetaData, FileMetaData } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { getMaxDefinitionLevel, getMaxRepetitionLevel, getSchemaPath } from "hyparquet/src/schema.js";
import { checkRuns } from "./check-parquet-runs.ts";
import { unpackSnappy } from "./unpack-snappy.ts";

type PageHeader = ReturnType<typeof parquetHeader>;

const dictionaryEncodings: readonly unknown[] = ["PLAIN_DICTIONARY", "RLE_DICTIONARY"];

/** Throws an Error that says what is wrong. Repeated fields are refused: images have none. */
export function checkParquetPages(file: ArrayBuffer, metadata: FileMetaData): void {
  if (endOfElement(metadata.schema, 0) !== metadata.schema.length) throw new Error("its schema is no tree");
  for (const group of metadata.row_groups)
    for (const { meta_data: column } of group.columns) {
      if (!column) throw new Error("a column has no description");
      checkColumn(file, metadata, column, Number(group.num_rows));
    }
}

/** The place after an element of the schema and all that is below it: children follow their parent, depth first. */
function endOfElement(schema: FileMetaData["schema"], index: number): number {
  const children = schema[index]?.num_children ?? 0;
  if (!isCount(children, schema.length - index - 1)) throw new Error("its schema is no tree");
  let end = index + 1;
  for (let child = 0; child < children; child++) end = endOfElement(schema, end);
  return end;
}

function checkColumn(file: ArrayBuffer, metadata: FileMetaData, column: ColumnMetaData, rows: number): void {
  const path = getSchemaPath(metadata.schema, [...column.path_in_schema]);
  if (getMaxRepetitionLevel(path) > 0) throw new Error(`column ${column.path_in_schema.join(".")} is a list`);
  const levels = getMaxDefinitionLevel(path);
  const start = Number(column.dictionary_page_offset ?? column.data_page_offset);
  const length = Number(column.total_compressed_size);
  if (!(start >= 0 && length >= 0 && start + length <= file.byteLength))
    throw new Error("a column lies outside the file");
  const reader = { view: new DataView(file, start, length), offset: 0 };
  while (reader.offset < length - 1) {
    const header = parquetHeader(reader);
    const { compressed_page_size: packedBytes, uncompressed_page_size: pageBytes } = header;
    const most = Number(column.total_uncompressed_size);
    if (!(isCount(packedBytes, length - reader.offset) && isCount(pageBytes, most)))
      throw new Error("a page has no such size");
    checkPage(header, new Uint8Array(file, start + reader.offset, packedBytes), column.codec, levels, rows);
    reader.offset += packedBytes;
  }
}

const isCount = (value: unknown, most: number): boolean =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most;

function checkPage(header: PageHeader, packed: Uint8Array, codec: string, levels: number, rows: number): void {
  const { data_page_header: first, data_page_header_v2: second, dictionary_page_header: dictionary } = header;
  const values = (first ?? second ?? dictionary)?.num_values;
  if (!isCount(values, rows)) throw new Error(`a page of ${rows} rows says that it has ${values} values`);
  if (dictionary) return;
  const bits = Math.ceil(Math.log2(levels + 1));
  if (second) {
    const levelBytes = second.definition_levels_byte_length;
    if (
      !(
        isCount(levelBytes, packed.length) &&
        second.repetition_levels_byte_length === 0 &&
        isCount(second.num_nulls, rows)
      )
    )
      throw new Error("a page has no such levels");
    if (levels > 0) checkRuns(packed.subarray(0, levelBytes), bits, second.num_values);
    const isPacked = second.is_compressed !== false;
    const rest = packed.subarray(levelBytes);
    checkValues(
      second.encoding,
      isPacked ? unpack(rest, header.uncompressed_page_size - levelBytes, codec) : rest,
      rows,
    );
  } else if (first) {
    const page = unpack(packed, header.uncompressed_page_size, codec);
    const levelBytes = levels > 0 ? levelLength(page) : 0;
    if (levels > 0) checkRuns(page.subarray(4, 4 + levelBytes), bits, first.num_values);
    checkValues(first.encoding, page.subarray(levels > 0 ? 4 + levelBytes : 0), rows);
  }
}

function levelLength(page: Uint8Array): number {
  const length = page.length < 4 ? -1 : new DataView(page.buffer, page.byteOffset).getUint32(0, true);
  if (!isCount(length, page.length - 4)) throw new Error("a page's levels are cut off");
  return length;
}

/** Plain values end with their bytes; indices of a dictionary are runs, behind their width in bits. */
function checkValues(encoding: unknown, values: Uint8Array, rows: number): void {
  if (encoding === "PLAIN") return;
  if (!dictionaryEncodings.includes(encoding)) throw new Error(`a page has the encoding ${encoding}`);
  if (values.length > 0) checkRuns(values.subarray(1), values[0], rows);
}

function unpack(packed: Uint8Array, byteLength: number, codec: string): Uint8Array {
  if (codec === "UNCOMPRESSED") return packed;
  if (codec === "SNAPPY") return unpackSnappy(packed, byteLength);
  throw new Error(`a page is packed with ${codec}`);
}
