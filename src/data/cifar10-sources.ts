/**
 * Where CIFAR-10 can be had, as data. A page may read only from hosts that allow it (cross-origin); for the others it
 * links to the host and takes the file by drop. Sizes and SHA-256 are those published for the files.
 */

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
  /** Together, the whole of CIFAR-10. */
  readonly files: readonly RemoteFile[];
}

const huggingFace = "https://huggingface.co/datasets/uoft-cs/cifar10";
const huggingFaceFolder = `${huggingFace}/resolve/0b2714987fa478483af9968de7c934580d0bb9a2/plain_text`;

const huggingFaceFile = (name: string, bytes: number, sha256: string): RemoteFile => ({
  url: `${huggingFaceFolder}/${name}`,
  name,
  bytes,
  sha256,
});

export const cifar10Sources: readonly DownloadSource[] = [
  {
    id: "hugging-face",
    name: "Hugging Face (uoft-cs/cifar10)",
    page: huggingFace,
    crossOrigin: true,
    files: [
      huggingFaceFile(
        "train-00000-of-00001.parquet",
        119_705_255,
        "8428b53a88a11ac374111006708df51469e315a22ac6d66470afd9c78d2ae883",
      ),
      huggingFaceFile(
        "test-00000-of-00001.parquet",
        23_940_850,
        "841389e6f2d64f28bf17310e430aebac20ec3ba611a3c5e231dc93c645ce84de",
      ),
    ],
  },
  {
    id: "toronto",
    name: "University of Toronto (the official archive)",
    page: "https://www.cs.toronto.edu/~kriz/cifar.html",
    crossOrigin: false,
    files: [
      {
        url: "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
        name: "cifar-10-binary.tar.gz",
        bytes: 170_052_171,
        sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
      },
    ],
  },
];

/** The ways that remain when `failed` does not work, as a sentence. */
export function otherWays(failed: DownloadSource, sources = cifar10Sources): string {
  const others = sources
    .filter((source) => source.id !== failed.id)
    .map((source) => `${source.files.map((file) => file.name).join(" and ")} from ${source.name}, ${source.page}`);
  const byHand = [...others, `the files themselves from ${failed.page}`].join("; or ");
  return `Try again later, or fetch by hand and give to Basin: ${byHand}.`;
}
