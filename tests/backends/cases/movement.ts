/** Primitives that move, repeat, cut or reduce, against their definitions by index. */
import {
  add,
  broadcast,
  concat,
  max,
  multiply,
  pad,
  reshape,
  slice,
  subtract,
  sum,
  transpose,
} from "../../../src/tensor/primitives/index.ts";
import type { Shape, Value } from "../../../src/tensor/program.ts";
import { at, type Dense, random, scalar, tabulate } from "../dense.ts";
import type { Case } from "./case.ts";

const x = random([3, 4, 5], 11);
const v = random([4], 12);
const flat = random([23], 13);
const wide = random([2, 3, 4, 5], 14);

const one = (title: string, input: Dense, build: (x: Value) => Value, expected: Dense): Case => ({
  title,
  inputs: { x: input },
  build: (inputs) => ({ y: build(inputs.x) }),
  expected: { y: expected },
});

type BroadcastTable = [title: string, from: Shape, to: Shape, axes: number[], source: (...index: number[]) => number[]];

const broadcastTable: BroadcastTable[] = [
  ["along the last axis", [4], [3, 2, 4], [2], (_i, _j, k) => [k]],
  ["along the first axis", [3], [3, 2, 4], [0], (i) => [i]],
  ["along a middle axis", [2], [3, 2, 4], [1], (_i, j) => [j]],
  ["along two outer axes", [3, 4], [3, 2, 4], [0, 2], (i, _j, k) => [i, k]],
  ["along the last two axes", [2, 4], [3, 2, 4], [1, 2], (_i, j, k) => [j, k]],
  ["of a scalar", [], [3, 2], [], () => []],
  ["along an axis of size 1", [1], [1, 6], [0], () => [0]],
];

const broadcasts: Case[] = broadcastTable.map(([title, from, to, axes, source]) => {
  const input = random(from, 15);
  return one(
    `broadcast ${title}`,
    input,
    (value) => broadcast(value, to, axes),
    tabulate(to, (...index) => at(input, ...source(...index))),
  );
});

/** Sums `input` over `axes` by visiting every element. */
function reduced(
  input: Dense,
  axes: readonly number[],
  combine: (total: number, x: number) => number,
  from: number,
): Dense {
  const kept = input.type.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const totals = new Map<string, number>();
  const visit = (...index: number[]) => {
    const key = kept.map((axis) => index[axis]).join();
    totals.set(key, combine(totals.get(key) ?? from, at(input, ...index)));
    return 0;
  };
  tabulate(input.type.shape, visit);
  return tabulate(
    kept.map((axis) => input.type.shape[axis]),
    (...index) => totals.get(index.join()) as number,
  );
}

/** Sums of numbers of both signs may cancel, and then no float32 sum is close. */
const positive: Dense = { ...wide, data: wide.data.map((x) => x + 1) };

const reductions: Case[] = [
  [0],
  [1],
  [2],
  [3],
  [0, 1],
  [0, 1, 2],
  [1, 2],
  [0, 3],
  [1, 3],
  [2, 3],
  [0, 1, 2, 3],
].flatMap((axes) => [
  one(
    `sum over axes ${axes}`,
    positive,
    (value) => sum(value, axes),
    reduced(positive, axes, (a, b) => a + b, 0),
  ),
  one(`max over axes ${axes}`, wide, (value) => max(value, axes), reduced(wide, axes, Math.max, -Infinity)),
]);

const many = random([70_000], 16);
const manyRows = random([5000, 6], 17);
const exactSums: Case[] = [
  one(
    "sum of 70,000 squares",
    many,
    (value) => sum(multiply(value, value)),
    scalar(many.data.reduce((s, a) => s + a * a, 0)),
  ),
  {
    title: "two sums over one product of columns, centred",
    inputs: { x: manyRows, m: random([6], 18) },
    build({ x: rows, m }) {
      const centred = subtract(rows, broadcast(m, manyRows.type.shape, [1]));
      return { variance: sum(multiply(centred, centred), [0]), mean: sum(centred, [0]) };
    },
    expected: (() => {
      const m = random([6], 18);
      const centred = tabulate(manyRows.type.shape, (i, j) => at(manyRows, i, j) - at(m, j));
      const squares = tabulate(manyRows.type.shape, (i, j) => at(centred, i, j) ** 2);
      const add2 = (a: number, b: number) => a + b;
      return { variance: reduced(squares, [0], add2, 0), mean: reduced(centred, [0], add2, 0) };
    })(),
  },
];

const layouts: Case[] = [
  one("reshape", x, (value) => reshape(value, [6, 10]), { type: { dtype: "float", shape: [6, 10] }, data: x.data }),
  ...[
    [0, 2, 1],
    [2, 0, 1],
    [2, 1, 0],
    [1, 0, 2],
  ].map((permutation) =>
    one(
      `transpose by ${permutation}`,
      x,
      (value) => transpose(value, permutation),
      tabulate(
        permutation.map((axis) => x.type.shape[axis]),
        (...index) => at(x, ...[0, 1, 2].map((axis) => index[permutation.indexOf(axis)])),
      ),
    ),
  ),
  one(
    "transpose of four axes",
    wide,
    (value) => transpose(value, [3, 1, 0, 2]),
    tabulate([5, 3, 2, 4], (a, b, c, d) => at(wide, c, b, d, a)),
  ),
  one(
    "slice of an inner block",
    x,
    (value) => slice(value, [1, 0, 2], [2, 3, 2]),
    tabulate([2, 3, 2], (i, j, k) => at(x, i + 1, j, k + 2)),
  ),
  one(
    "slice of whole rows",
    x,
    (value) => slice(value, [1, 0, 0], [2, 4, 5]),
    tabulate([2, 4, 5], (i, j, k) => at(x, i + 1, j, k)),
  ),
  one(
    "pad",
    x,
    (value) =>
      pad(value, [
        [1, 0],
        [0, 2],
        [3, 1],
      ]),
    tabulate([4, 6, 9], (i, j, k) => (i >= 1 && j < 4 && k >= 3 && k < 8 ? at(x, i - 1, j, k - 3) : 0)),
  ),
  ...[0, 1, 2].map(
    (axis): Case => ({
      title: `concat along axis ${axis}`,
      inputs: { x },
      build: (inputs) => ({ y: concat([inputs.x, multiply(inputs.x, 2), inputs.x], axis) }),
      expected: {
        y: tabulate(
          x.type.shape.map((size, i) => (i === axis ? 3 * size : size)),
          (...index) => {
            const size = x.type.shape[axis];
            const part = Math.floor(index[axis] / size);
            const inner = index.map((i, other) => (other === axis ? i % size : i));
            return at(x, ...inner) * (part === 1 ? 2 : 1);
          },
        ),
      },
    }),
  ),
];

/** θ as a flat vector: layers are views at offsets, results are assembled into one vector again. */
const flatVectors: Case[] = [
  {
    title: "slices of a flat vector at offsets, as matrices and vectors",
    inputs: { flat, v },
    build(inputs) {
      const matrix = reshape(slice(inputs.flat, [4], [12]), [3, 4]);
      const bias = slice(inputs.flat, [17], [4]);
      const rows = add(multiply(matrix, broadcast(inputs.v, [3, 4], [1])), broadcast(bias, [3, 4], [1]));
      return { rows, first: slice(inputs.flat, [0], [4]) };
    },
    expected: {
      rows: tabulate([3, 4], (i, j) => at(flat, 4 + 4 * i + j) * at(v, j) + at(flat, 17 + j)),
      first: tabulate([4], (i) => at(flat, i)),
    },
  },
  {
    title: "pieces assembled into a flat vector, some twice, with gaps",
    inputs: { flat },
    build(inputs) {
      const piece = multiply(slice(inputs.flat, [1], [5]), 3);
      const matrix = reshape(add(slice(inputs.flat, [6], [6]), 1), [2, 3]);
      const gap = multiply(slice(inputs.flat, [0], [2]), 0);
      return { y: concat([piece, gap, reshape(matrix, [6]), piece, slice(inputs.flat, [20], [3])], 0), matrix };
    },
    expected: {
      y: tabulate([21], (i) => {
        if (i < 5) return 3 * at(flat, 1 + i);
        if (i < 7) return 0;
        if (i < 13) return at(flat, i - 1) + 1;
        return i < 18 ? 3 * at(flat, i - 12) : at(flat, i + 2);
      }),
      matrix: tabulate([2, 3], (i, j) => at(flat, 6 + 3 * i + j) + 1),
    },
  },
  {
    title: "padded pieces added up to a flat vector",
    inputs: { flat },
    build(inputs) {
      const piece = (start: number, length: number) =>
        pad(multiply(slice(inputs.flat, [start], [length]), 2), [[start, 23 - start - length]]);
      return { y: add(add(piece(0, 7), piece(8, 10)), piece(18, 5)) };
    },
    expected: { y: tabulate([23], (i) => (i === 7 ? 0 : 2 * at(flat, i))) },
  },
];

export const movementCases: readonly Case[] = [...broadcasts, ...reductions, ...exactSums, ...layouts, ...flatVectors];
