/**
 * Keeps the points that runs record of their paths. A path is kept from its beginning without a gap: once a point finds no
 * room, or gives way to something else of its run, none after it is kept until there is room again.
 */
import type { RunStore } from "../../experiment/storage/run-store.ts";
import type { TrajectoryPoint } from "../../experiment/trajectory.ts";
import { messageOf } from "../kit/message-of.ts";
import type { SaveQueue } from "./save-queue.ts";

export interface PathKeeper {
  add(runId: string, point: TrajectoryPoint): void;
  /** The run's record is about to be kept: its points may follow. */
  follow(runId: string): void;
  /** The run's record is there. */
  recordKept(runId: string): void;
  /** Points of these steps had to give way, on a full disk, to something else of their run. */
  gaveWay(runId: string, steps: readonly number[]): void;
  /** There may be room again for what is missing of these points of a run. */
  retry(runId: string, points: readonly TrajectoryPoint[]): void;
  forget(runIds: readonly string[]): void;
}

export function createPathKeeper(
  runs: Promise<RunStore>,
  saves: Pick<SaveQueue, "add">,
  onError: (error: unknown) => void,
): PathKeeper {
  /** Points from before their run's first checkpoint. */
  const early = new Map<string, TrajectoryPoint[]>();
  const followed = new Set<string>();
  const recorded = new Set<string>();
  /** The first step that is missing of a run's path. */
  const missing = new Map<string, number>();
  const missingFrom = (runId: string) => missing.get(runId) ?? Number.POSITIVE_INFINITY;
  const lose = (runId: string, step: number) => missing.set(runId, Math.min(step, missingFrom(runId)));

  const put = (runId: string, point: TrajectoryPoint) =>
    saves.add(`${runId} point-${point.step}`, async () => {
      if (point.step >= missingFrom(runId)) return;
      // The run itself was refused, which was said.
      if (!recorded.has(runId)) return void lose(runId, point.step);
      try {
        await (await runs).putTrajectoryPoint(runId, point);
      } catch (error) {
        lose(runId, point.step);
        const what = `The path is not kept from step ${point.step} on; training goes on.`;
        onError(new Error(`${what} ${messageOf(error)}`, { cause: error }));
      }
    });

  return {
    add(runId, point) {
      if (followed.has(runId)) put(runId, point);
      else early.set(runId, [...(early.get(runId) ?? []), point]);
    },
    follow(runId) {
      followed.add(runId);
      for (const point of early.get(runId) ?? []) put(runId, point);
      early.delete(runId);
    },
    recordKept: (runId) => void recorded.add(runId),
    gaveWay(runId, steps) {
      if (steps.length === 0) return;
      const first = Math.min(...steps);
      lose(runId, first);
      const what = `The path is not kept from step ${first} on: there is no room left, and its points gave way to the run itself.`;
      onError(new Error(`${what} Delete runs that are no longer needed, or free some of the disk.`));
    },
    retry(runId, points) {
      const first = missingFrom(runId);
      missing.delete(runId);
      for (const point of points) if (point.step >= first) put(runId, point);
    },
    forget(runIds) {
      for (const id of runIds) for (const known of [early, followed, recorded, missing]) known.delete(id);
    },
  };
}
