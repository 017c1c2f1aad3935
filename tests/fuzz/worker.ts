/**
 * Runs trials in a thread of its own until it is ended, so that a reader that never comes back can be told from outside.
 * Before each trial its target and number stand in shared memory.
 */
import { parentPort, workerData } from "node:worker_threads";
import { targets } from "./targets.ts";
import { type Finding, runTrial } from "./trial.ts";

export interface FuzzOrder {
  readonly seed: number;
  /** Targets to take turns, by index. */
  readonly targets: readonly number[];
  /** The first trial of each of them. */
  readonly firstTrial: number;
  /** [target, trial, trials begun in all] */
  readonly current: Int32Array;
  readonly until: number;
}

export type FuzzMessage =
  | { readonly kind: "corpus"; readonly sizes: readonly (readonly [name: string, files: number, bytes: number])[] }
  | { readonly kind: "finding"; readonly finding: Finding }
  | { readonly kind: "done"; readonly trials: number };

const order = (workerData as { readonly order: FuzzOrder }).order;
const tell = (message: FuzzMessage) => parentPort?.postMessage(message);

const corpora = new Map<number, Uint8Array[]>();
for (const index of order.targets) corpora.set(index, await targets[index].corpus());
tell({
  kind: "corpus",
  sizes: [...corpora].map(([index, corpus]) => [
    targets[index].name,
    corpus.length,
    corpus.reduce((sum, { length }) => sum + length, 0),
  ]),
});

let trials = 0;
for (let trial = order.firstTrial; Date.now() < order.until; trial++) {
  for (const [index, corpus] of corpora) {
    order.current[0] = index;
    order.current[1] = trial;
    Atomics.add(order.current, 2, 1);
    const finding = await runTrial(targets[index], corpus, { target: index, seed: order.seed, trial });
    if (finding) tell({ kind: "finding", finding });
    trials++;
  }
}
tell({ kind: "done", trials });
