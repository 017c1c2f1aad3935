/** Where large files are kept in the browser, as far as a run store needs it: names, whole files, nothing partial. */

export interface FileArea {
  readonly kind: "opfs" | "indexeddb";
  /** Resolves once the file is whole and flushed. A failed write may leave a file of that name, of any length. */
  write(name: string, parts: readonly Uint8Array[]): Promise<void>;
  /** Null where there is no such file. */
  read(name: string): Promise<Uint8Array | null>;
  /** Bytes of the file; null where there is none. */
  size(name: string): Promise<number | null>;
  /** No error where there is none. */
  remove(name: string): Promise<void>;
  list(): Promise<readonly string[]>;
}
