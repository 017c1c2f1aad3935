/** Small problems that between them are awkward in every way a kernel can trip over. */
import type {
  ConvolutionProblem,
  KernelProblem,
  MatmulProblem,
} from "../../../../src/backends/webgpu/kernels/problem.ts";
import { convOutputSize } from "../../../../src/tensor/primitives/conv2d.ts";

type Sizes = Pick<ConvolutionProblem, "batch" | "inHeight" | "inWidth" | "inChannels" | "outChannels">;
interface Options {
  readonly kernel?: readonly [number, number];
  readonly strides?: readonly [number, number];
  readonly padding?: ConvolutionProblem["padding"];
  readonly pairs?: number;
}

export function convolution(
  family: ConvolutionProblem["family"],
  sizes: Sizes,
  {
    kernel = [3, 3],
    strides = [1, 1],
    padding = [
      [1, 1],
      [1, 1],
    ],
    pairs = 1,
  }: Options = {},
): ConvolutionProblem {
  const [outHeight, outWidth] = convOutputSize({ strides, padding }, [sizes.inHeight, sizes.inWidth], kernel);
  const [kernelHeight, kernelWidth] = kernel;
  return { ...sizes, family, strides, padding, pairs, outHeight, outWidth, kernelHeight, kernelWidth };
}

export const families = ["conv2d", "conv2dInputGrad", "conv2dFilterGrad"] as const;

const image = (batch: number, inHeight: number, inWidth: number, inChannels: number, outChannels: number): Sizes => ({
  batch,
  inHeight,
  inWidth,
  inChannels,
  outChannels,
});

const awkward: readonly [Sizes, Options][] = [
  [image(2, 8, 8, 8, 16), {}],
  [image(2, 7, 5, 4, 20), { pairs: 2 }],
  [image(3, 2, 2, 32, 24), { pairs: 3 }],
  [image(1, 9, 6, 3, 8), {}],
  [image(2, 6, 7, 5, 10), { pairs: 2 }],
  [image(2, 9, 8, 8, 4), { strides: [2, 2] }],
  [
    image(1, 7, 9, 3, 5),
    {
      strides: [2, 1],
      padding: [
        [0, 1],
        [1, 0],
      ],
    },
  ],
  [
    image(2, 5, 6, 4, 8),
    {
      padding: [
        [0, 0],
        [0, 0],
      ],
    },
  ],
  [
    image(2, 5, 3, 12, 8),
    {
      kernel: [1, 1],
      padding: [
        [0, 0],
        [0, 0],
      ],
    },
  ],
  [
    image(1, 6, 6, 8, 12),
    {
      kernel: [1, 1],
      strides: [2, 2],
      padding: [
        [0, 0],
        [0, 0],
      ],
    },
  ],
  [
    image(1, 1, 1, 16, 8),
    {
      kernel: [5, 3],
      padding: [
        [2, 2],
        [1, 1],
      ],
    },
  ],
];

const matrix = (
  rows: number,
  inner: number,
  columns: number,
  pairs: number,
  ...transposes: readonly (readonly [boolean, boolean])[]
): MatmulProblem[] =>
  transposes.map(([transposeA, transposeB]) => ({
    family: "matmul",
    pairs,
    rows,
    inner,
    columns,
    transposeA,
    transposeB,
  }));

const plain = [false, false] as const;
const every = [plain, [true, false], [false, true], [true, true]] as const;

export const problems: readonly KernelProblem[] = [
  ...families.flatMap((family) => awkward.map(([sizes, options]) => convolution(family, sizes, options))),
  ...matrix(16, 24, 32, 1, ...every),
  ...matrix(5, 7, 10, 2, ...every),
  ...matrix(20, 64, 10, 1, plain),
  ...matrix(1, 130, 3, 3, plain),
];

/** Fewer, for kernels that a software renderer compiles slowly: whole vectors and scalars, several tiles, pairs. */
export const fewProblems: readonly KernelProblem[] = [
  ...families.flatMap((family) => [
    convolution(family, image(3, 7, 6, 12, 40), {}),
    convolution(family, image(2, 6, 7, 5, 10), { strides: [2, 1], pairs: 2 }),
  ]),
  ...matrix(70, 40, 36, 1, plain, [true, true]),
  ...matrix(5, 7, 10, 2, [false, true]),
];

/** The 3×3 convolutions of VGG11 on 32×32 images: side, channels in and out at width 1. */
export const vgg11Layers = [
  [32, 3, 64],
  [16, 64, 128],
  [8, 128, 256],
  [8, 256, 256],
  [4, 256, 512],
  [4, 512, 512],
  [2, 512, 512],
  [2, 512, 512],
] as const;

export const vgg11Problem = (
  family: ConvolutionProblem["family"],
  [side, inChannels, outChannels]: readonly [number, number, number],
  { batch, width, pairs = 1 }: { readonly batch: number; readonly width: number; readonly pairs?: number },
): ConvolutionProblem => {
  // The plan pads three colours to four channels.
  const scaled = (channels: number) => (channels === 3 ? 4 : channels * width);
  return convolution(family, image(batch, side, side, scaled(inChannels), scaled(outChannels)), { pairs });
};
