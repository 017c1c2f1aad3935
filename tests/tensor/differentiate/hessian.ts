/** Hessians of a scalar loss: products by forward over reverse (Pearlmutter 1994), and a dense one by differences. */
import { expect } from "vitest";
import { grad } from "../../../src/tensor/differentiate/grad.ts";
import { hvp } from "../../../src/tensor/differentiate/hvp.ts";
import { input } from "../../../src/tensor/primitives/index.ts";
import { elementCount, type Program, type Value } from "../../../src/tensor/program.ts";
import { compile, programOf } from "../evaluate.ts";
import type { Net } from "../nets.ts";
import { axpy, join } from "../vectors.ts";

export interface HessianProduct {
  readonly directions: readonly Value[];
  readonly product: readonly Value[];
  readonly program: Program;
}

/** Hv for a direction v given by parameter. */
export function traceHessianProduct({ parameters, loss, point }: Net): HessianProduct {
  const directions = parameters.map(({ type }) => input(type));
  const product = hvp(loss, new Map(parameters.map((parameter, i) => [parameter, directions[i]])));
  return { directions, product, program: programOf([...point.keys(), ...directions], product) };
}

/** Cuts a flat vector into pieces shaped as `values`. */
function split(values: readonly Value[], flat: Float64Array): Map<Value, Float64Array> {
  let offset = 0;
  return new Map(
    values.map((value) => {
      const count = elementCount(value.type.shape);
      offset += count;
      return [value, flat.slice(offset - count, offset)];
    }),
  );
}

export const parameterCount = ({ parameters }: Net): number =>
  parameters.reduce((total, { type }) => total + elementCount(type.shape), 0);

/** v ↦ Hv on flat vectors, by `program` (as traced, or simplified). */
export async function hessianOperator(net: Net, { directions, program }: HessianProduct) {
  const run = await compile(program);
  return async (v: Float64Array): Promise<Float64Array> =>
    join(await run(new Map([...net.point, ...split(directions, v)])));
}

export const unitVector = (length: number, i: number): Float64Array => new Float64Array(length).fill(1, i, i + 1);

/** Columns of the Hessian by central differences of the gradient. Fails where a difference crosses a kink. */
export async function differenceHessian(net: Net, h = 1e-5): Promise<Float64Array[]> {
  const { parameters, loss, kinks, point } = net;
  const run = await compile(programOf(point.keys(), [...grad(loss, parameters), ...kinks]));
  const theta = join(parameters.map((parameter) => point.get(parameter)!));
  const at = async (flat: Float64Array) => {
    const outputs = await run(new Map([...point, ...split(parameters, flat)]));
    return { gradient: join(outputs.slice(0, parameters.length)), side: join(outputs.slice(parameters.length)) };
  };
  const { side } = await at(theta);
  const columns: Float64Array[] = [];
  for (let i = 0; i < theta.length; i++) {
    const [after, before] = [
      await at(axpy(theta, h, unitVector(theta.length, i))),
      await at(axpy(theta, -h, unitVector(theta.length, i))),
    ];
    expect([after.side, before.side], `a kink near parameter ${i}`).toEqual([side, side]);
    columns.push(axpy(after.gradient, -1, before.gradient).map((difference) => difference / (2 * h)));
  }
  return columns;
}
