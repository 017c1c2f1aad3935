/**
 * The algebra of flat vectors as tensor programs. Coefficients and norms stay on the device: a pass over a basis is
 * enqueued whole, and read back once.
 */
import {
  add,
  concat,
  constant,
  divide,
  input,
  multiply,
  reshape,
  rsqrt,
  select,
  slice,
  subtract,
} from "../../tensor/primitives/index.ts";
import type { Program, Value } from "../../tensor/program.ts";
import { innerProduct, innerProducts, type Summation } from "./inner-product.ts";

const vector = (length: number): Value => input({ dtype: "float", shape: [length] });
const scalar = (): Value => input({ dtype: "float", shape: [] });

/** Number `index` of a short vector, as a scalar. */
const entry = (values: Value, index: number): Value => reshape(slice(values, [index], [1]), []);
const assemble = (scalars: readonly Value[]): Value =>
  concat(
    scalars.map((value) => reshape(value, [1])),
    0,
  );

export const vectorName = (index: number): string => `v${index}`;

const traceGroup = (length: number, size: number) => {
  const vectors = Array.from({ length: size }, () => vector(length));
  return { vectors, named: Object.fromEntries(vectors.map((value, i) => [vectorName(i), value])) };
};

/** Inputs: w, v0 … [length]. Output: overlaps [size], ⟨w, vᵢ⟩. */
export function traceOverlaps(length: number, size: number, summation: Summation): Program {
  const { vectors, named } = traceGroup(length, size);
  const w = vector(length);
  return { inputs: { w, ...named }, outputs: { overlaps: innerProducts(w, vectors, summation) } };
}

/** Inputs: w, v0 … [length], coefficients [size]. Output: w − Σ cᵢ vᵢ. */
export function traceSubtraction(length: number, size: number): Program {
  const { vectors, named } = traceGroup(length, size);
  const w = vector(length);
  const coefficients = vector(size);
  const terms = vectors.map((v, i) => multiply(v, entry(coefficients, i)));
  return {
    inputs: { w, ...named, coefficients },
    outputs: {
      w: subtract(
        w,
        terms.reduce((total, term) => add(total, term)),
      ),
    },
  };
}

/** Input: w [length]. Output: square [1], ‖w‖². */
export function traceSquare(length: number, summation: Summation): Program {
  const w = vector(length);
  return { inputs: { w }, outputs: { square: assemble([innerProduct(w, w, summation)]) } };
}

/**
 * Inputs: w [length], before [1] (an earlier ‖w‖²), relative and absolute (scalars). Output: norm [2], ‖w‖² and 1/‖w‖, the
 * latter 0 where ‖w‖² is not above relative · before + absolute.
 */
export function traceNorm(length: number, summation: Summation): Program {
  const inputs = { w: vector(length), before: vector(1), relative: scalar(), absolute: scalar() };
  const square = innerProduct(inputs.w, inputs.w, summation);
  const floor = add(multiply(entry(inputs.before, 0), inputs.relative), inputs.absolute);
  const inverse = select(subtract(square, floor), rsqrt(square), 0);
  return { inputs, outputs: { norm: assemble([square, inverse]) } };
}

/** Inputs: w [length], norm [2]. Output: unit [length], w/‖w‖ or zeros. */
export function traceUnit(length: number): Program {
  const inputs = { w: vector(length), norm: vector(2) };
  return { inputs, outputs: { unit: multiply(inputs.w, entry(inputs.norm, 1)) } };
}

/** Input: source [length]. Output: target, the same. */
export function traceCopy(length: number): Program {
  const source = vector(length);
  return { inputs: { source }, outputs: { target: source } };
}

/** Output: target [length], zeros. */
export const traceZero = (length: number): Program => ({ inputs: {}, outputs: { target: constant(0, [length]) } });

/** Inputs: x and its product w [length]. Output: forms [3], ⟨x, w⟩, ⟨w, w⟩ and ⟨x, x⟩. */
export function traceForms(length: number, summation: Summation): Program {
  const [x, w] = [vector(length), vector(length)];
  const forms = [innerProduct(x, w, summation), innerProduct(w, w, summation), innerProduct(x, x, summation)];
  return { inputs: { x, w }, outputs: { forms: assemble(forms) } };
}

/** Inputs: x, w [length], lambda (a scalar). Output: square (a scalar), ‖w − λx‖². */
export function traceResidual(length: number, summation: Summation): Program {
  const inputs = { x: vector(length), w: vector(length), lambda: scalar() };
  return { inputs, outputs: { square: residualSquare(inputs.x, inputs.w, inputs.lambda, summation) } };
}

/** Inputs: x, w [length]. Outputs: quotient (a scalar), ⟨x, w⟩/⟨x, x⟩, and square (a scalar), ‖w − quotient · x‖². */
export function traceRayleigh(length: number, summation: Summation): Program {
  const [x, w] = [vector(length), vector(length)];
  const quotient = divide(innerProduct(x, w, summation), innerProduct(x, x, summation));
  return { inputs: { x, w }, outputs: { quotient, square: residualSquare(x, w, quotient, summation) } };
}

function residualSquare(x: Value, w: Value, lambda: Value, summation: Summation): Value {
  const residual = subtract(w, multiply(x, lambda));
  return innerProduct(residual, residual, summation);
}

/** Inputs: x, w, total [length]. Output: total + x ⊙ w. */
export function traceProductSum(length: number): Program {
  const inputs = { x: vector(length), w: vector(length), total: vector(length) };
  return { inputs, outputs: { total: add(inputs.total, multiply(inputs.x, inputs.w)) } };
}
