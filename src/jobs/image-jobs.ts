/** Images that a person brings. Types only. */
import type { Split } from "../data/image-set.ts";
import type { DataSetId } from "../data/sets/facts.ts";

/** What the browser keeps of a data set that was brought to it. */
export interface StoredImages {
  readonly set: DataSetId;
  /** 0 for a split that nobody brought. */
  readonly counts: Readonly<Record<Split, number>>;
  readonly bytes: number;
}

export type ImportParams =
  /** Files of the data set, as dropped on the page. */
  | { readonly kind: "files"; readonly set: DataSetId; readonly files: readonly File[] }
  /** The published files, fetched because a person asked for them. */
  | { readonly kind: "download"; readonly set: DataSetId };

/** Latest wins. `totalBytes` is null while the size is not known. */
export interface ImportEvent {
  readonly phase: "downloading" | "checking" | "reading" | "storing";
  readonly loadedBytes: number;
  readonly totalBytes: number | null;
  /** The current file or member. */
  readonly detail: string;
}

export interface ImageJobs {
  /** Reads, checks and stores images; what was stored before stays until the new set is whole. */
  importImages: { params: ImportParams; event: ImportEvent; control: never; result: readonly StoredImages[] };
  /** What is stored already, a data set each. */
  storedImages: {
    params: Readonly<Record<string, never>>;
    event: never;
    control: never;
    result: readonly StoredImages[];
  };
  /** Frees the space of a set; what is left is returned. Runs and what was measured of them stay. */
  removeImages: {
    params: { readonly set: DataSetId };
    event: never;
    control: never;
    result: readonly StoredImages[];
  };
}
