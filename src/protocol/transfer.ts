/** Which memory a message can give away instead of having it copied. */

/**
 * The buffers of all typed arrays in a message, each once. Arrays that are windows of larger buffers are left to be copied:
 * giving away the buffer would take more than the message holds.
 */
export function transferList(message: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  collect(message, buffers);
  return [...buffers];
}

function collect(value: unknown, buffers: Set<ArrayBuffer>): void {
  if (typeof value !== "object" || value === null) return;
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength) buffers.add(value.buffer);
    return;
  }
  for (const member of Object.values(value)) collect(member, buffers);
}

/** Copied in one task; a few milliseconds. */
const pieceBytes = 4 * 2 ** 20;

/** A deep copy whose large arrays were copied in pieces, each in a task of its own: the caller's thread stays free. */
export async function copyInPieces<T>(value: T): Promise<T> {
  return (await copy(value)) as T;
}

async function copy(value: unknown): Promise<unknown> {
  if (typeof value !== "object" || value === null) return value;
  if (ArrayBuffer.isView(value)) return copyArray(value);
  if (Array.isArray(value)) {
    const members: unknown[] = [];
    for (const member of value) members.push(await copy(member));
    return members;
  }
  const fields: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value)) fields.push([name, await copy(member)]);
  return Object.fromEntries(fields);
}

async function copyArray(view: ArrayBufferView): Promise<ArrayBufferView> {
  const from = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const to = new Uint8Array(view.byteLength);
  for (let start = 0; start < from.length; start += pieceBytes) {
    to.set(from.subarray(start, start + pieceBytes), start);
    if (start + pieceBytes < from.length) await new Promise((resolve) => setTimeout(resolve));
  }
  const SameKind = view.constructor as new (buffer: ArrayBuffer) => ArrayBufferView;
  return new SameKind(to.buffer);
}
