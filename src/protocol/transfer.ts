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
