/**
 * A data set in two halves: facts, which the page and the specification read, and a reader, which only the worker and the
 * command line load. Each set has a folder here; `facts.ts` and `sets.ts` list them (docs/guides/add-a-data-set.md).
 */
import type { ImageSet, ImageShape, Split } from "../image-set.ts";
import type { PixelNormalization } from "../pixel-normalization.ts";
import type { LabelledExamples } from "../subsets.ts";

export interface DataSetFacts<Id extends string = string> {
  /** Names the set in a specification, a link and the browser's storage: lower-case letters and digits. */
  readonly id: Id;
  /** For people, as inside a sentence. */
  readonly title: string;
  /** The title in a narrow column, and before "images". */
  readonly shortTitle: string;
  readonly image: ImageShape;
  /** Names of the classes, by label from 0. */
  readonly classNames: readonly string[];
  /** Images in each whole split. What a visitor brought may be less. */
  readonly counts: Readonly<Record<Split, number>>;
  readonly pixelNormalization: PixelNormalization;
  /** How people bring its images; absent for a set that is drawn and not read. */
  readonly files?: DataSetFiles;
}

/** Files that hold the images of a set. */
export interface DataSetFiles {
  /** For people: which files to give. */
  readonly words: string;
  /** For people, by split: names that are looked for in a folder. */
  readonly names: Readonly<Record<Split, string>>;
  /** Endings of the names of files that may hold them, in lower case, with the dot. */
  readonly endings: readonly string[];
  /** Where the whole set can be had. A page downloads from the first that lets it. */
  readonly sources: readonly DownloadSource[];
}

export interface RemoteFile {
  readonly url: string;
  /** The file's name, by which an import tells its split. */
  readonly name: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

export interface DownloadSource {
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** Where a person can look at the data set and fetch its files by hand. */
  readonly page: string;
  /** Whether a web page of another origin may read the files. Node may in any case. */
  readonly crossOrigin: boolean;
  /** Together, the whole of the set. */
  readonly files: readonly RemoteFile[];
}

/** The images of a split, made or copied only as far as they are asked for. */
export interface SplitImages extends LabelledExamples {
  /** A compact set of the images at `indices`, in that order. */
  gather(indices: Int32Array): ImageSet;
}

/** What was imported, with notes on what a reader would not expect: a partial set, a missing split. */
export interface ImportedImages {
  readonly train: ImageSet | null;
  readonly test: ImageSet | null;
  readonly notes: readonly string[];
}

export interface ImportProgress {
  readonly phase: "reading" | "decoding";
  /** Bytes of all files read, or images decoded, so far and in all. */
  readonly done: number;
  readonly total: number;
}

export interface ImportOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** Makes the images of a set that is the same for everybody. */
export interface ImageDrawer {
  readonly kind: "drawn";
  open(split: Split): SplitImages;
}

/** Reads the images of a set out of files. */
export interface ImageFileReader {
  readonly kind: "files";
  /**
   * The images in files that somebody dropped or named. Throws DataFormatError for a file that is no part of the set and
   * DataMissingError when there is no file; rejects with the signal's reason when it is aborted.
   */
  importFiles(files: readonly File[], options?: ImportOptions): Promise<ImportedImages>;
  /** The split whose images a file of a folder holds by its name; null for a file to be passed over. */
  splitOfName(name: string): Split | null;
  /** The images of one file whatever its name says; null where it may hold several splits. Throws DataFormatError. */
  readOneSplit(bytes: Uint8Array, where: string): ImageSet | null;
}

export interface DataSet {
  readonly facts: DataSetFacts;
  readonly reader: ImageDrawer | ImageFileReader;
}

/** The first source that a page may read from; absent where there is none. */
export const downloadSourceOf = ({ files }: Pick<DataSetFacts, "files">): DownloadSource | undefined =>
  files?.sources.find(({ crossOrigin }) => crossOrigin);
