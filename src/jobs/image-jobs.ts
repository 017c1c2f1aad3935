/** Images that a person brings. Types only. */

/** What the browser keeps of a data set that was brought to it. */
export interface StoredImages {
  readonly source: "cifar10";
  readonly trainCount: number;
  readonly testCount: number;
  readonly bytes: number;
}

export type ImportParams =
  /** cifar-10-binary.tar.gz, .bin or .parquet files, as dropped on the page. */
  | { readonly kind: "files"; readonly files: readonly File[] }
  /** The published archive, fetched because a person asked for it. */
  | { readonly kind: "download" };

/** Latest wins. `totalBytes` is null while the size is not known. */
export interface ImportEvent {
  readonly phase: "downloading" | "checking" | "reading" | "storing";
  readonly loadedBytes: number;
  readonly totalBytes: number | null;
  /** The file or member at hand. */
  readonly detail: string;
}

export interface ImageJobs {
  /** Reads, checks and stores images; what was stored before stays until the new set is whole. */
  importImages: { params: ImportParams; event: ImportEvent; control: never; result: StoredImages };
  /** What is stored already; null for nothing. */
  storedImages: { params: Readonly<Record<string, never>>; event: never; control: never; result: StoredImages | null };
}
