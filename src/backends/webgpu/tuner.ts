/**
 * Chooses among the kernels for a problem by timing them on the device, never by assumption. Without a measurement the
 * first candidate is taken, so that an untuned plan is the same on every run. Not here: what the candidates are
 * (kernels/candidates.ts), where choices are kept (tuning-store.ts).
 */
import type { AcquiredDevice } from "./device.ts";
import type { Lowering } from "./kernel.ts";
import { candidates } from "./kernels/candidates.ts";
import { type KernelProblem, problemKey } from "./kernels/problem.ts";
import type { PipelineCache } from "./pipelines.ts";
import { timeLowering } from "./time-lowering.ts";
import type { TuningStore } from "./tuning-store.ts";

/** What was measured for one problem. */
export interface TuningRecord {
  readonly key: string;
  readonly chosen: string;
  /** Median milliseconds of each candidate, in the order they were tried. */
  readonly milliseconds: Readonly<Record<string, number>>;
}

/** Times one lowering, in milliseconds; replaced in tests. */
export type TimeLowering = (problem: KernelProblem, lowering: Lowering) => Promise<number>;

export class KernelTuner {
  constructor(
    private readonly acquired: Pick<AcquiredDevice, "device" | "traits" | "identity">,
    pipelines: PipelineCache,
    private readonly store: TuningStore,
    private readonly time: TimeLowering = (problem, lowering) =>
      timeLowering(acquired.device, pipelines, problem, lowering),
  ) {}

  /** The stored choice, if it is still a candidate; else the first. */
  choose(problem: KernelProblem): Lowering {
    const options = candidates(problem, this.acquired.traits);
    const stored = this.store.get(this.key(problem));
    return options.find(({ variant }) => variant === stored) ?? options[0];
  }

  /**
   * Measures the problems that have no stored choice, each once, and stores the fastest. Abortable between candidates;
   * what was measured until then is kept.
   */
  async tune(problems: readonly KernelProblem[], signal?: AbortSignal): Promise<TuningRecord[]> {
    const open = new Map(problems.map((problem) => [this.key(problem), problem]));
    const records: TuningRecord[] = [];
    for (const [key, problem] of open) {
      const options = candidates(problem, this.acquired.traits);
      if (options.length === 1 || this.store.get(key) !== undefined) continue;
      const times: [string, number][] = [];
      for (const option of options) {
        signal?.throwIfAborted();
        times.push([option.variant, await this.time(problem, option)]);
      }
      const [chosen] = times.reduce((best, next) => (next[1] < best[1] ? next : best));
      this.store.put(key, chosen);
      records.push({ key, chosen, milliseconds: Object.fromEntries(times) });
    }
    return records;
  }

  private key(problem: KernelProblem): string {
    return `${this.acquired.identity}: ${problemKey(problem)}`;
  }
}
