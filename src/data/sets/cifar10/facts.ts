/** CIFAR-10 (Krizhevsky 2009): 32 × 32 photographs of ten kinds of things. */
import { pixelNormalizationOfBytes } from "../../pixel-normalization.ts";
import type { DataSetFacts } from "../data-set.ts";
import { cifar10Sources } from "./sources.ts";

export const cifar10Facts = {
  id: "cifar10",
  title: "CIFAR-10",
  shortTitle: "CIFAR-10",
  image: { channels: 3, height: 32, width: 32 },
  classNames: ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
  counts: { train: 50_000, test: 10_000 },
  pixelNormalization: pixelNormalizationOfBytes([125.3, 123.0, 113.9], [63.0, 62.1, 66.7]),
  files: {
    words: "cifar-10-binary.tar.gz, its .bin files or the .parquet files",
    names: { train: "data_batch_*.bin or train*.bin", test: "test_batch.bin or test*.bin" },
    endings: [".gz", ".tgz", ".tar", ".bin", ".parquet"],
    sources: cifar10Sources,
  },
} as const satisfies DataSetFacts<"cifar10">;
