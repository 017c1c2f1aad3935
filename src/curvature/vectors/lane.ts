/**
 * One of an operator's vectors x and its product w: what solvers do with the pair. All methods enqueue and resolve without
 * waiting for the device, save those that return numbers.
 */
import type { DeviceTensor, HostArray } from "../../backends/backend.ts";
import { Executables } from "../../execution/executables.ts";
import type { SymmetricOperator } from "../operator.ts";
import { summationOf } from "./inner-product.ts";
import {
  traceForms,
  traceNorm,
  traceProductSum,
  traceRayleigh,
  traceResidual,
  traceSquare,
  traceUnit,
  traceZero,
} from "./programs.ts";

/** When a vector counts as zero: at ‖w‖² ≤ relative · ‖w before‖² + absolute. */
export interface ZeroThreshold {
  readonly relative: number;
  readonly absolute: number;
}

export interface Forms {
  /** ⟨x, w⟩ */
  readonly xw: number;
  /** ⟨w, w⟩ */
  readonly ww: number;
  /** ⟨x, x⟩ */
  readonly xx: number;
}

export class Lane {
  readonly x: DeviceTensor;
  readonly w: DeviceTensor;
  readonly length: number;
  /** [2]: ‖w‖² and 1/‖w‖ as last measured; the latter 0 where w counted as zero. */
  readonly norm: DeviceTensor;
  readonly #executables: Executables;
  readonly #before: DeviceTensor;

  constructor(
    readonly operator: SymmetricOperator,
    readonly index: number,
  ) {
    const { backend } = operator;
    this.x = operator.vectors[index];
    this.w = operator.products[index];
    this.length = operator.length;
    this.#executables = new Executables(backend);
    const scalars = (count: number) => backend.createTensor({ dtype: "float", shape: [count] });
    this.#before = scalars(1);
    this.norm = scalars(2);
  }

  /** Remembers ‖w‖², against which `measure` tells what is left. */
  async note(): Promise<void> {
    await this.#executables.run("square", () => [
      traceSquare(this.length, this.#summation),
      { inputs: { w: this.w }, outputs: { square: this.#before } },
    ]);
  }

  /** Computes ‖w‖, by which `normalize` and a basis divide. */
  async measure({ relative, absolute }: ZeroThreshold): Promise<void> {
    await this.#executables.run(
      "norm",
      () => [
        traceNorm(this.length, this.#summation),
        { inputs: { w: this.w, before: this.#before }, outputs: { norm: this.norm } },
      ],
      { relative: Float64Array.of(relative), absolute: Float64Array.of(absolute) },
    );
  }

  /** The last `measure`; `isZero` when the threshold was not reached: dividing by it gives zeros. */
  async readNorm(): Promise<{ readonly norm: number; readonly isZero: boolean }> {
    const [square, inverse] = await this.operator.backend.read(this.norm);
    return { norm: Math.sqrt(square), isZero: inverse === 0 };
  }

  /** x ← w/‖w‖ */
  async normalize(): Promise<void> {
    await this.#executables.run("unit", () => [
      traceUnit(this.length),
      { inputs: { w: this.w, norm: this.norm }, outputs: { unit: this.x } },
    ]);
  }

  /** w ← 0 */
  async clear(): Promise<void> {
    await this.#executables.run("zero", () => [traceZero(this.length), { outputs: { target: this.w } }]);
  }

  /** w ← data */
  write(data: HostArray): void {
    this.operator.backend.write(this.w, data);
  }

  async forms(): Promise<Forms> {
    const { forms } = await this.#executables.run("forms", () => [
      traceForms(this.length, this.#summation),
      { inputs: { x: this.x, w: this.w } },
    ]);
    const [xw, ww, xx] = forms;
    return { xw, ww, xx };
  }

  /** The Rayleigh quotient λ = ⟨x, w⟩/⟨x, x⟩ and ‖w − λx‖. */
  async rayleigh(): Promise<{ readonly quotient: number; readonly residual: number }> {
    const { quotient, square } = await this.#executables.run("rayleigh", () => [
      traceRayleigh(this.length, this.#summation),
      { inputs: { x: this.x, w: this.w } },
    ]);
    return { quotient: quotient[0], residual: Math.sqrt(square[0]) };
  }

  /** ‖w − λx‖ */
  async residual(lambda: number): Promise<number> {
    const { square } = await this.#executables.run(
      "residual",
      () => [traceResidual(this.length, this.#summation), { inputs: { x: this.x, w: this.w } }],
      { lambda: Float64Array.of(lambda) },
    );
    return Math.sqrt(square[0]);
  }

  /** total ← total + x ⊙ w */
  async addProductTo(total: DeviceTensor): Promise<void> {
    await this.#executables.run("product sum", () => [
      traceProductSum(this.length),
      { inputs: { x: this.x, w: this.w, total }, outputs: { total } },
    ]);
  }

  async dispose(): Promise<void> {
    await this.#executables.dispose();
    for (const tensor of [this.#before, this.norm]) tensor.dispose();
  }

  get #summation() {
    return summationOf(this.operator.backend.kind);
  }
}
