/** A copy of a solve's basis on the host, renewed at a small share of the solve's time: what is left when a device is lost. */
import type { LanczosSnapshot, SnapshotOptions } from "../curvature/solvers/lanczos-options.ts";

/** Copying may take this share of the time. */
const timeShare = 0.05;
/** Steps between copies at least. */
const leastSteps = 5;
/** A page's worker may not get more; of a basis beyond this the last copy that fitted is kept. */
const mostBytes = 2 ** 29;

export class StoredBasis implements SnapshotOptions {
  snapshot: LanczosSnapshot | undefined;
  #copiedMs = 0;
  #askedMs = 0;
  readonly #startedMs = performance.now();

  constructor(private readonly vectorBytes: number) {}

  isDue(step: number): boolean {
    this.#askedMs = performance.now();
    // One vector a step, and the one to come; fewer after a restart.
    if ((step + 1) * this.vectorBytes > mostBytes) return false;
    const sinceLast = step - (this.snapshot?.steps ?? 0);
    return sinceLast >= leastSteps && this.#copiedMs <= timeShare * (this.#askedMs - this.#startedMs);
  }

  take(snapshot: LanczosSnapshot): void {
    this.snapshot = snapshot;
    this.#copiedMs += performance.now() - this.#askedMs;
  }
}
