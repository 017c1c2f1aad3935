/**
 * Where CIFAR-10 can be had, as data. A page may read only from hosts that allow it (cross-origin); for the others it
 * links to the host and takes the file by drop. Sizes and SHA-256 are those published for the files.
 */
import type { DownloadSource, RemoteFile } from "../data-set.ts";

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
