/** Layers made of several primitives, and their gradients, against their definitions by index. */
import { globalMean } from "../../../src/models/layers/global-mean.ts";
import { residualSum } from "../../../src/models/layers/residual-sum.ts";
import { zeroPadShortcut } from "../../../src/models/layers/zero-pad-shortcut.ts";
import { type ModelFunction, runModel } from "../../../src/models/scope.ts";
import { grad } from "../../../src/tensor/differentiate/grad.ts";
import { multiply, sum } from "../../../src/tensor/primitives/index.ts";
import { at, type Dense, random, tabulate } from "../dense.ts";
import type { Case } from "./case.ts";

/** `y` of x by a layer without weights, and the gradient of Σ y·dy. */
function layerCase(title: string, layer: ModelFunction, x: Dense, y: Dense, dx: (dy: Dense) => Dense): Case {
  const dy = random(y.type.shape, 42);
  return {
    title,
    inputs: { x, dy },
    build(inputs) {
      const { logits } = runModel(layer, new Map(), inputs.x, { kind: "frozen" });
      const [gradient] = grad(sum(multiply(logits, inputs.dy)), [inputs.x]);
      return { y: logits, dx: gradient };
    },
    expected: { y, dx: dx(dy) },
    gradients: ["dx"],
  };
}

/** Sizes that the stride parts and that it does not, channels in fours and not, one column, and a stride of 1. */
const shortcuts: Case[] = (
  [
    [[2, 6, 8, 4], 8, 2],
    [[2, 5, 8, 3], 5, 2],
    [[1, 7, 1, 2], 6, 3],
    [[2, 3, 2, 4], 6, 1],
  ] as const
).map(([shape, channels, stride]) => {
  const [batch, height, width, own] = shape;
  const x = random([...shape], 41);
  const zeros = (channels - own) / 2;
  const result = [batch, Math.ceil(height / stride), Math.ceil(width / stride), channels];
  const isOwn = (channel: number) => channel >= zeros && channel < zeros + own;
  return layerCase(
    `zero-padded shortcut of [${shape}] to ${channels} channels, stride ${stride}`,
    (scope, images) => zeroPadShortcut(scope, images, channels, stride),
    x,
    tabulate(result, (n, i, j, c) => (isOwn(c) ? at(x, n, i * stride, j * stride, c - zeros) : 0)),
    (dy) =>
      tabulate([...shape], (n, i, j, c) =>
        i % stride === 0 && j % stride === 0 ? at(dy, n, i / stride, j / stride, c + zeros) : 0,
      ),
  );
});

const images = random([3, 4, 5, 6], 43);

const mean = layerCase(
  "mean over the whole image",
  globalMean,
  images,
  tabulate([3, 6], (n, c) => {
    let total = 0;
    for (let i = 0; i < 4; i++) for (let j = 0; j < 5; j++) total += at(images, n, i, j, c);
    return total / 20;
  }),
  (dy) => tabulate([3, 4, 5, 6], (n, _i, _j, c) => at(dy, n, c) / 20),
);

const withItself = layerCase(
  "sum of a branch and its shortcut",
  (scope, x) => residualSum(scope, x, zeroPadShortcut(scope, x, 6, 1)),
  images,
  tabulate([3, 4, 5, 6], (...place) => 2 * at(images, ...place)),
  (dy) => tabulate([3, 4, 5, 6], (...place) => 2 * at(dy, ...place)),
);

export const layerCases: readonly Case[] = [...shortcuts, mean, withItself];
