/** Measures points of a path on both sets: here, or shared among other workers. */
import { measurePath, type PathPart } from "../comparison/measure-path.ts";
import type { MeasuredPoint, MeasurePointsParams } from "./comparison-jobs.ts";
import type { JobHandlers, Workbench } from "./job-context.ts";
import type { JobHandle } from "./jobs.ts";
import { prepareEvaluator } from "./surface-problem.ts";

/** For another worker. */
export const measurePoints: JobHandlers["measurePoints"] = async (params, { signal, emit, workbench }) => {
  await measurePointsHere(params, workbench, signal, emit);
  return null;
};

/** Speed assumed of a processor that has not been measured yet. */
const assumedFlopPerSecond = 1e10;

/**
 * Points are handed to `onPoint` as they come. Rejects with the signal's reason; the first error of a worker stops all and is
 * the error of this.
 */
export async function measurePointsTogether(
  params: MeasurePointsParams,
  workbench: Workbench,
  signal: AbortSignal,
  onPoint: (point: MeasuredPoint) => Promise<void>,
): Promise<void> {
  const { backend, evaluator } = await preparePath(params, workbench);
  signal.throwIfAborted();
  const rate = workbench.rate(backend) ?? assumedFlopPerSecond;
  const workMs = (1000 * params.part.points.length * evaluator.flop) / rate;
  const helpers = backend.kind === "webgpu" ? [] : workbench.platform.helpers(workMs);
  if (helpers.length < 2) return measurePointsHere(params, workbench, signal, onPoint);
  const handles = shareOut(params.part, helpers.length).map((part, k) =>
    helpers[k].start("measurePoints", { ...params, part }),
  );
  await followAll(handles, signal, onPoint);
}

async function measurePointsHere(
  params: MeasurePointsParams,
  workbench: Workbench,
  signal: AbortSignal,
  onPoint: (point: MeasuredPoint) => Promise<void>,
): Promise<void> {
  const { backend, evaluator } = await preparePath(params, workbench);
  const window = workbench.window();
  await measurePath({
    ...params.part,
    evaluator,
    window,
    signal,
    onPoint: ({ index }, train, test) => onPoint({ index, train, test }),
  });
  workbench.setRate(backend, window.flopPerSecond);
}

const preparePath = ({ spec, backend, reestimated }: MeasurePointsParams, workbench: Workbench) =>
  prepareEvaluator(
    { spec, backend, subset: "train", alongside: "test", batchNorm: reestimated ? "reestimated" : "frozen" },
    workbench,
  );

/** Every point costs the same: each part has every `count`-th. */
const shareOut = (part: PathPart, count: number): PathPart[] =>
  Array.from({ length: count }, (_, k) => ({ ...part, points: part.points.filter((__, i) => i % count === k) }));

async function followAll(
  handles: readonly JobHandle<"measurePoints">[],
  signal: AbortSignal,
  onPoint: (point: MeasuredPoint) => Promise<void>,
): Promise<void> {
  const cancelAll = () => {
    for (const handle of handles) handle.cancel();
  };
  signal.addEventListener("abort", cancelAll);
  const follow = async (handle: JobHandle<"measurePoints">) => {
    for await (const point of handle.events) await onPoint(point);
    await handle.result;
  };
  try {
    await Promise.all(handles.map(follow));
    signal.throwIfAborted();
  } finally {
    signal.removeEventListener("abort", cancelAll);
    cancelAll();
    await Promise.allSettled(handles.map(({ result }) => result));
  }
}
