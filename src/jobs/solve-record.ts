/** The steps of a solve as they are kept with its result: the same whoever follows it, and however busy they are. */
import { packSteps, type SolveHistory, type SolveStep } from "../experiment/solve-history.ts";

/** More would not show in a figure and could outweigh the eigenvectors. */
const mostSteps = 1000;

export class SolveRecord {
  #steps: SolveStep[] = [];
  #latest: SolveStep | null = null;
  /** Every so many steps one is recorded; doubles, and every other one goes, when there are too many. */
  #stride = 1;
  #taken = 0;

  add(step: SolveStep): void {
    this.#latest = step;
    if (this.#taken++ % this.#stride !== 0) return;
    this.#steps.push(step);
    if (this.#steps.length <= mostSteps) return;
    this.#steps = this.#steps.filter((_, index) => index % 2 === 0);
    this.#stride *= 2;
  }

  /** The solve goes on from so many products: what came after them is done again. */
  goBack(products: number): void {
    this.#steps = this.#steps.filter((step) => step.products <= products);
    this.#latest = this.#steps.at(-1) ?? null;
    this.#taken = this.#steps.length * this.#stride;
  }

  /** The latest step is always in it. */
  history(): SolveHistory {
    const latest = this.#latest;
    return packSteps(latest === null || this.#steps.at(-1) === latest ? this.#steps : [...this.#steps, latest]);
  }
}
