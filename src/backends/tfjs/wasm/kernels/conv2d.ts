/**
 * Convolutions and their input gradients as matrix products: patches of the image, a bounded number of lines at a time so
 * that they stay in the cache, times the filter as a matrix [kh·kw·in, out]. The input gradient is the same on the output's
 * cotangent with the filter turned round.
 */
import type { CreateKernel, Kernel, KernelSite, Version } from "../kernel.ts";
import { MatrixProduct } from "../matrix-product.ts";
import { addRun, transposeMatrix } from "./copies.ts";
import { gatherPatches, isItsOwnPatches, type PatchGeometry, patchLength } from "./patches.ts";

/** Floats of patches that are made at a time. */
const patchBudget = 1 << 18;

type Shape4 = readonly [number, number, number, number];

interface SlidingProduct {
  readonly geometry: PatchGeometry;
  readonly outputChannels: number;
  /** Number of products that are added up. */
  readonly pairs: number;
  /** Floats of room for the filter of a pair where it is not used as it is. */
  readonly filterRoom: number;
  /** The filter matrix of a pair, and what makes it. */
  filter(site: KernelSite, pair: number, room: number): { address: number; version: Version; make?: () => void };
}

function slidingProduct({ geometry, outputChannels, pairs, filterRoom, filter }: SlidingProduct): Kernel {
  const [height, width] = geometry.outputSize;
  const lines = geometry.image[0] * height;
  const inner = patchLength(geometry);
  const direct = isItsOwnPatches(geometry);
  const linesAtATime = direct ? lines : Math.min(lines, Math.max(1, Math.floor(patchBudget / (width * inner))));
  const patchBytes = direct ? 0 : 4 * linesAtATime * width * inner;
  const termBytes = pairs > 1 ? 4 * linesAtATime * width * outputChannels : 0;
  return {
    scratchBytes: patchBytes + termBytes + 4 * filterRoom,
    prepare(site) {
      const [patches, term] = [site.scratch, site.scratch + patchBytes];
      const steps = Array.from({ length: pairs }, (_, pair) => {
        const { address, version, make } = filter(site, pair, term + termBytes);
        const product = new MatrixProduct(site, inner, outputChannels, { address, version });
        const image = site.operands[2 * pair];
        return () => {
          make?.();
          product.run((multiply) => {
            for (let from = 0; from < lines; from += linesAtATime) {
              const to = Math.min(lines, from + linesAtATime);
              if (!direct) gatherPatches(site.module.f32, geometry, image / 4, patches / 4, from, to);
              const out = site.result + 4 * from * width * outputChannels;
              const rows = (to - from) * width;
              multiply(direct ? image : patches, rows, pair === 0 ? out : term);
              if (pair > 0) addRun(site.module.f32, term / 4, out / 4, rows * outputChannels);
            }
          });
        };
      });
      return () => {
        for (const step of steps) step();
      };
    },
  };
}

export const conv2d: CreateKernel<"conv2d"> = ({ operands, attributes: { strides, padding }, type }) => {
  const [height, width, , outputChannels] = operands[1].type.shape;
  return slidingProduct({
    geometry: {
      image: operands[0].type.shape as Shape4,
      window: [height, width],
      outputSize: [type.shape[1], type.shape[2]],
      strides,
      padding: [padding[0][0], padding[1][0]],
      spacing: [1, 1],
    },
    outputChannels,
    pairs: operands.length / 2,
    filterRoom: 0,
    filter: (site, pair) => ({ address: site.operands[2 * pair + 1], version: site.versions[2 * pair + 1] }),
  });
};

export const conv2dInputGrad: CreateKernel<"conv2dInputGrad"> = ({ operands, attributes, type }) => {
  const filterShape = operands[1].type.shape as Shape4;
  const [height, width, inputChannels, outputChannels] = filterShape;
  return slidingProduct({
    geometry: {
      image: operands[0].type.shape as Shape4,
      window: [height, width],
      outputSize: [type.shape[1], type.shape[2]],
      strides: [1, 1],
      padding: [height - 1 - attributes.padding[0][0], width - 1 - attributes.padding[1][0]],
      spacing: attributes.strides,
    },
    outputChannels: inputChannels,
    pairs: operands.length / 2,
    filterRoom: height * width * inputChannels * outputChannels,
    filter: (site, pair, room) => ({
      address: room,
      version: null,
      make: () => turnFilter(site.module.f32, site.operands[2 * pair + 1] / 4, filterShape, room / 4),
    }),
  });
};

/** [kh, kw, in, out] → [kh, kw, out, in], both spatial axes reversed. */
function turnFilter(
  heap: Float32Array,
  source: number,
  [height, width, inputs, outputs]: Shape4,
  target: number,
): void {
  const taps = height * width;
  for (let tap = 0; tap < taps; tap++) {
    const turned = target + (taps - 1 - tap) * inputs * outputs;
    transposeMatrix(heap, source + tap * inputs * outputs, inputs, outputs, turned);
  }
}
