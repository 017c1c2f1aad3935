/** SHA-256 of bytes in memory, by the platform. */
import { DataError } from "./data-error.ts";

/** Lower-case hexadecimal digest. Throws DataError where the page's address gives no WebCrypto. */
export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (globalThis.crypto?.subtle === undefined)
    throw new DataError({
      where: "This page",
      what: "The browser offers no checksums (WebCrypto) at this address, so files cannot be verified.",
      remedy: "Open the page over https, or on localhost.",
    });
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
