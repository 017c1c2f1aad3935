/**
 * What a place in the browser's storage must do to hold image sets: keep a manifest and bytes under a name, both or
 * neither. `opfs-records.ts` and `indexeddb-records.ts` are two such places; `image-storage.ts` makes image sets of them.
 */

/** Describes stored bytes: the labels of a set, then its pixels. */
export interface StoredManifest {
  readonly version: 1;
  readonly name: string;
  readonly count: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly classNames: readonly string[];
  /** Size of labels and pixels together. */
  readonly bytes: number;
  readonly sha256: string;
  /** Milliseconds since 1970. */
  readonly savedAtMs: number;
  /** Where the set came from, for people. */
  readonly note: string;
}

export interface StoredRecord {
  /** The manifest as read, not yet trusted. */
  readonly manifest: unknown;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Every method rejects with the platform's DOMException when the platform does not give what it should. */
export interface RecordStore {
  readonly kind: "opfs" | "indexeddb";
  /** Replaces what is under the manifest's name; on failure, what was there before is still there. */
  put(manifest: StoredManifest, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Null when there is nothing under that name. */
  get(name: string): Promise<StoredRecord | null>;
  /** Does nothing when there is nothing under that name. */
  remove(name: string): Promise<void>;
  /** Manifests of everything stored, as read. */
  manifests(): Promise<unknown[]>;
}
