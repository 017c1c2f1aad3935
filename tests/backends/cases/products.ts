/** Matrix products against their definition; convolutions and max-pools against PyTorch's stored figures. */
import {
  conv2d,
  conv2dFilterGrad,
  conv2dFilterGradPrimitive,
  conv2dInputGrad,
  conv2dInputGradPrimitive,
  conv2dPrimitive,
  gatherWindow,
  matmul,
  matmulPrimitive,
  multiply,
  poolArgmax,
  scatterWindow,
  spreadWindow,
  windowSum,
} from "../../../src/tensor/primitives/index.ts";
import { createValue, type Value } from "../../../src/tensor/program.ts";
import convolutions from "../../fixtures/backends/convolutions.json" with { type: "json" };
import maxPools from "../../fixtures/backends/max-pools.json" with { type: "json" };
import { at, type Dense, random, stored, tabulate } from "../dense.ts";
import type { Case } from "./case.ts";

const pair = ([a, b]: readonly number[]): [number, number] => [a, b];

function matmulCase(sizes: readonly [number, number, number], transposeA: boolean, transposeB: boolean): Case {
  const [rows, inner, columns] = sizes;
  const a = random(transposeA ? [inner, rows] : [rows, inner], 21);
  const b = random(transposeB ? [columns, inner] : [inner, columns], 22);
  const product = (i: number, j: number) => {
    let total = 0;
    for (let k = 0; k < inner; k++) {
      total += (transposeA ? at(a, k, i) : at(a, i, k)) * (transposeB ? at(b, j, k) : at(b, k, j));
    }
    return total;
  };
  return {
    title: `matmul of ${sizes}${transposeA ? ", first transposed" : ""}${transposeB ? ", second transposed" : ""}`,
    inputs: { a, b },
    build: (inputs) => ({ y: matmul(inputs.a, inputs.b, transposeA, transposeB) }),
    expected: { y: tabulate([rows, columns], product) },
  };
}

const twice = ({ type, data }: Dense): Dense => ({ type, data: data.map((x) => 2 * x) });

const matmuls: Case[] = [
  ...[
    [5, 7, 3],
    [1, 9, 1],
    [17, 4, 33],
    [33, 130, 10],
  ].flatMap(([rows, inner, columns]) =>
    [false, true].flatMap((a) => [false, true].map((b) => matmulCase([rows, inner, columns], a, b))),
  ),
  {
    title: "matmul of a list of pairs",
    inputs: { a: random([4, 6], 23), b: random([6, 5], 24) },
    build: ({ a, b }) => ({
      y: createValue(matmulPrimitive, [a, b, multiply(a, 2), b, a, multiply(b, -1)], {
        transposeA: false,
        transposeB: false,
      }),
    }),
    expected: {
      y: tabulate([4, 5], (i, j) => {
        let total = 0;
        for (let k = 0; k < 6; k++) total += 2 * at(random([4, 6], 23), i, k) * at(random([6, 5], 24), k, j);
        return total;
      }),
    },
  },
];

const convolutionCases: Case[] = convolutions.flatMap((figures): Case[] => {
  const [x, w, dy] = [figures.x, figures.w, figures.dy].map(stored);
  const geometry = {
    strides: pair(figures.strides),
    padding: [pair(figures.padding[0]), pair(figures.padding[1])] as const,
  };
  const inputSize = pair(x.type.shape.slice(1, 3));
  const filterSize = pair(w.type.shape);
  const [y, dx, dw] = [figures.y, figures.dx, figures.dw].map(stored);
  const pairs = (a: Value, b: Value) => [a, b, multiply(a, 3), b, multiply(a, -1), multiply(b, 2)];
  return [
    {
      title: `convolution and its adjoints: ${figures.title}`,
      inputs: { x, w, dy },
      build: (inputs) => ({
        y: conv2d(inputs.x, inputs.w, geometry),
        dx: conv2dInputGrad(inputs.dy, inputs.w, geometry, inputSize),
        dw: conv2dFilterGrad(inputs.x, inputs.dy, geometry, filterSize),
      }),
      expected: { y, dx, dw },
    },
    {
      title: `convolutions of lists of pairs: ${figures.title}`,
      inputs: { x, w, dy },
      build: (inputs) => ({
        y: createValue(conv2dPrimitive, pairs(inputs.x, inputs.w), geometry),
        dx: createValue(conv2dInputGradPrimitive, pairs(inputs.dy, inputs.w), { ...geometry, inputSize }),
        dw: createValue(conv2dFilterGradPrimitive, pairs(inputs.x, inputs.dy), { ...geometry, filterSize }),
      }),
      expected: { y: twice(y), dx: twice(dx), dw: twice(dw) },
    },
  ];
});

const poolCases: Case[] = maxPools.map((figures) => {
  const [x, dy, y, dx] = [figures.x, figures.dy, figures.y, figures.dx].map(stored);
  const attributes = { window: pair(figures.window), strides: pair(figures.strides) };
  const inputSize = pair(x.type.shape.slice(1, 3));
  return {
    title: `max-pool and its gradient: ${figures.title}`,
    inputs: { x, dy },
    build(inputs) {
      const index = poolArgmax(inputs.x, attributes);
      return {
        y: gatherWindow(inputs.x, index, attributes),
        dx: scatterWindow(inputs.dy, index, { ...attributes, inputSize }),
      };
    },
    expected: { y, dx },
  };
});

const ties: Case = {
  title: "the first of equal elements is a window's largest",
  inputs: { x: tabulate([1, 2, 4, 2], (_n, _i, j) => (j === 3 ? 1 : 0)) },
  build: ({ x }) => ({ index: poolArgmax(x, { window: [2, 2], strides: [2, 2] }) }),
  expected: { index: tabulate([1, 1, 2, 2], (_n, _i, j) => (j === 1 ? 1 : 0), "int") },
};

/** Windows that abut, overlap, leave gaps and an edge; channels in fours and not. */
const windowSums: Case[] = (
  [
    [
      [2, 4, 4, 4],
      [2, 2],
      [2, 2],
    ],
    [
      [2, 7, 6, 3],
      [3, 2],
      [2, 1],
    ],
    [
      [1, 8, 5, 8],
      [2, 1],
      [3, 2],
    ],
    [
      [3, 3, 3, 2],
      [3, 3],
      [1, 1],
    ],
  ] as const
).map(([shape, window, strides]): Case => {
  const x = random([...shape], 31);
  const size = ([0, 1] as const).map((axis) => Math.floor((shape[1 + axis] - window[axis]) / strides[axis]) + 1);
  const pooled = [shape[0], size[0], size[1], shape[3]];
  const dy = random(pooled, 32);
  const spread = new Map<string, number>();
  const y = tabulate(pooled, (n, i, j, c) => {
    let total = 0;
    for (let row = i * strides[0]; row < i * strides[0] + window[0]; row++) {
      for (let column = j * strides[1]; column < j * strides[1] + window[1]; column++) {
        const place = [n, row, column, c].join();
        total += at(x, n, row, column, c);
        spread.set(place, (spread.get(place) ?? 0) + at(dy, n, i, j, c));
      }
    }
    return total;
  });
  return {
    title: `sums of windows of ${window} by strides of ${strides} on [${shape}], and their transpose`,
    inputs: { x, dy },
    build: (inputs) => ({
      y: windowSum(inputs.x, { window, strides }),
      dx: spreadWindow(inputs.dy, { window, strides, inputSize: [shape[1], shape[2]] }),
    }),
    expected: { y, dx: tabulate([...shape], (...place) => spread.get(place.join()) ?? 0) },
  };
});

export const productCases: readonly Case[] = [...matmuls, ...convolutionCases, ...poolCases, ties, ...windowSums];
