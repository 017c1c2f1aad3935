/** Softmax regression on flat features by gradient descent: the yardstick for "a linear model fails". */

export interface Examples {
  /** [count, features] */
  readonly features: Float32Array;
  readonly labels: Uint8Array;
}

export interface LinearModel {
  /** [classes, features + 1], the bias last. */
  readonly weights: Float64Array;
  readonly classes: number;
}

function logits({ weights, classes }: LinearModel, row: Float32Array): Float64Array {
  const width = row.length + 1;
  const sums = new Float64Array(classes);
  for (let c = 0; c < classes; c++) {
    let sum = weights[c * width + row.length];
    for (let j = 0; j < row.length; j++) sum += weights[c * width + j] * row[j];
    sums[c] = sum;
  }
  return sums;
}

export function fitSoftmaxRegression(
  { features, labels }: Examples,
  classes: number,
  { epochs, rate }: { readonly epochs: number; readonly rate: number },
): LinearModel {
  const size = features.length / labels.length;
  const weights = new Float64Array(classes * (size + 1));
  const model = { weights, classes };
  for (let epoch = 0; epoch < epochs; epoch++) {
    labels.forEach((label, index) => {
      const row = features.subarray(index * size, (index + 1) * size);
      const z = logits(model, row);
      const top = Math.max(...z);
      const exponentials = z.map((value) => Math.exp(value - top));
      const total = exponentials.reduce((sum, value) => sum + value, 0);
      for (let c = 0; c < classes; c++) {
        const slope = rate * (exponentials[c] / total - (c === label ? 1 : 0));
        const offset = c * (size + 1);
        for (let j = 0; j < size; j++) weights[offset + j] -= slope * row[j];
        weights[offset + size] -= slope;
      }
    });
  }
  return model;
}

export function measureAccuracy(model: LinearModel, { features, labels }: Examples): number {
  const size = features.length / labels.length;
  let right = 0;
  labels.forEach((label, index) => {
    const z = logits(model, features.subarray(index * size, (index + 1) * size));
    if (z.indexOf(Math.max(...z)) === label) right++;
  });
  return right / labels.length;
}
