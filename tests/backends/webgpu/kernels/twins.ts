/** The opaque operations as float64 loops over their definitions: what every kernel is compared with. */
import {
  type ConvolutionProblem,
  type KernelProblem,
  type MatmulProblem,
  problemSizes,
} from "../../../../src/backends/webgpu/kernels/problem.ts";

/** Operands a₁,b₁,a₂,b₂,… in the problem's order. */
export function twin(problem: KernelProblem, operands: readonly Float32Array[]): Float64Array {
  const result = new Float64Array(problemSizes(problem).result);
  for (let pair = 0; pair < problem.pairs; pair++) {
    const [a, b] = operands.slice(2 * pair, 2 * pair + 2);
    if (problem.family === "matmul") addMatmul(problem, a, b, result);
    else addConvolution(problem, a, b, result);
  }
  return result;
}

/** Walks every (output pixel, tap) once; the family says which of x, w, dy is written. */
function addConvolution(p: ConvolutionProblem, a: Float32Array, b: Float32Array, result: Float64Array): void {
  for (let n = 0; n < p.batch; n++)
    for (let oy = 0; oy < p.outHeight; oy++)
      for (let ox = 0; ox < p.outWidth; ox++)
        for (let ky = 0; ky < p.kernelHeight; ky++)
          for (let kx = 0; kx < p.kernelWidth; kx++) {
            const iy = oy * p.strides[0] + ky - p.padding[0][0];
            const ix = ox * p.strides[1] + kx - p.padding[1][0];
            if (iy < 0 || ix < 0 || iy >= p.inHeight || ix >= p.inWidth) continue;
            const x = ((n * p.inHeight + iy) * p.inWidth + ix) * p.inChannels;
            const dy = ((n * p.outHeight + oy) * p.outWidth + ox) * p.outChannels;
            const w = (ky * p.kernelWidth + kx) * p.inChannels * p.outChannels;
            for (let ci = 0; ci < p.inChannels; ci++)
              for (let co = 0; co < p.outChannels; co++) {
                const wi = w + ci * p.outChannels + co;
                if (p.family === "conv2d") result[dy + co] += a[x + ci] * b[wi];
                else if (p.family === "conv2dInputGrad") result[x + ci] += a[dy + co] * b[wi];
                else result[wi] += a[x + ci] * b[dy + co];
              }
          }
}

function addMatmul(p: MatmulProblem, a: Float32Array, b: Float32Array, result: Float64Array): void {
  for (let i = 0; i < p.rows; i++)
    for (let j = 0; j < p.columns; j++)
      for (let k = 0; k < p.inner; k++)
        result[i * p.columns + j] +=
          a[p.transposeA ? k * p.rows + i : i * p.inner + k] * b[p.transposeB ? j * p.inner + k : k * p.columns + j];
}

/** ‖actual − expected‖ / ‖expected‖. */
export function relativeError(actual: Float32Array, expected: Float64Array): number {
  let error = 0;
  let norm = 0;
  for (let i = 0; i < expected.length; i++) {
    error += (actual[i] - expected[i]) ** 2;
    norm += expected[i] ** 2;
  }
  return Math.sqrt(error / norm);
}

/** Reproducible numbers in [-1, 1). */
function noise(length: number, seed: number): Float32Array {
  let state = seed * 2654435761 + 12345;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** Operands for all pairs of a problem. */
export const noisyOperands = (problem: KernelProblem): Float32Array[] => {
  const { operands } = problemSizes(problem);
  return Array.from({ length: 2 * problem.pairs }, (_, i) => noise(operands[i % 2], i + 1));
};
