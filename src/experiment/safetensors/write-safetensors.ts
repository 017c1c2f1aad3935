/**
 * Writes a .safetensors file in float32. The bytes depend on the tensors, their order and the metadata only. The header
 * is padded with spaces so that the data starts at a multiple of 8, as the reference library does it.
 */
import { fail, maxHeaderBytes, metadataKey } from "./header.ts";
import { elementCount, type NamedTensor, type TensorFile } from "./named-tensor.ts";

/** Throws SafetensorsError for a name given twice or reserved, and for data that does not fill its shape. */
export function writeSafetensors({ tensors, metadata }: TensorFile): Uint8Array<ArrayBuffer> {
  checkTensors(tensors);
  const header = encodeHeader(tensors, metadata);
  const dataBytes = tensors.reduce((sum, { data }) => sum + data.byteLength, 0);
  const file = new Uint8Array(8 + header.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
  file.set(header, 8);
  let offset = 8 + header.length;
  for (const { data } of tensors) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return file;
}

function checkTensors(tensors: readonly NamedTensor[]): void {
  const names = new Set<string>();
  for (const { name, shape, data } of tensors) {
    const where = `Tensor ${JSON.stringify(name)}`;
    if (name === metadataKey) fail("Its name is reserved for the file's metadata.", "Give it another name.", where);
    if (names.has(name)) fail("Two tensors have this name.", "Give each its own.", where);
    names.add(name);
    if (elementCount(shape) !== data.length)
      fail(
        `Shape [${shape.join(", ")}] has ${elementCount(shape)} values, and ${data.length} were given.`,
        "Give one value for each place.",
        where,
      );
  }
}

/** Written entry by entry: an object would put names that look like numbers first. */
function encodeHeader(tensors: readonly NamedTensor[], metadata: TensorFile["metadata"]): Uint8Array {
  let begin = 0;
  const entries = tensors.map(({ name, shape, data }) => {
    const end = begin + data.byteLength;
    const entry = `${JSON.stringify(name)}:${JSON.stringify({ dtype: "F32", shape, data_offsets: [begin, end] })}`;
    begin = end;
    return entry;
  });
  const texts = Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1));
  const textFields = texts.map(([key, text]) => `${JSON.stringify(key)}:${JSON.stringify(text)}`);
  if (texts.length > 0) entries.unshift(`"${metadataKey}":{${textFields.join(",")}}`);
  const json = new TextEncoder().encode(`{${entries.join(",")}}`);
  const padded = new Uint8Array(Math.ceil(json.length / 8) * 8).fill(0x20);
  if (padded.length > maxHeaderBytes)
    fail(
      `The header would have ${padded.length} bytes; the format allows ${maxHeaderBytes}.`,
      "Write fewer tensors or less metadata.",
    );
  padded.set(json);
  return padded;
}
