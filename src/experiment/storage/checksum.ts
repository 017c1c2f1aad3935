/** The checksum of a large file in slices, so that a page that computes it still answers. */
import { crc32 } from "./crc32.ts";

/** Takes about ten milliseconds. */
const sliceBytes = 4 * 2 ** 20;

export async function checksumOf(parts: readonly Uint8Array[]): Promise<number> {
  let checksum = 0;
  for (const part of parts)
    for (let start = 0; start < part.length; start += sliceBytes) {
      checksum = crc32(part.subarray(start, start + sliceBytes), checksum);
      if (start + sliceBytes < part.length) await nextTask();
    }
  return checksum;
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
