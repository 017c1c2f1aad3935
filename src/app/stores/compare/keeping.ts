/** Keeps what is found between runs as soon as it is found, and shows it again when its runs are loaded. */
import { type CompareCurve, planeOfCurve } from "./curve.ts";
import type { CompareDistances } from "./distances.ts";
import type { CompareLine } from "./line.ts";
import { type CompareMemory, comparedRun, isOf, runsOf } from "./memory.ts";
import { type ComparePlane, modelOfRun, type PlaneSubject } from "./plane.ts";
import type { LoadedRun } from "./runs.ts";

export interface KeptStores {
  readonly distances: CompareDistances;
  readonly line: CompareLine;
  readonly plane: ComparePlane;
  readonly curve: CompareCurve;
}

/** Returns what shows again, once runs are loaded, the newest of every kind between them. */
export function keepComparisons(stores: KeptStores, memory: CompareMemory): (loaded: readonly LoadedRun[]) => void {
  const { distances, line, plane, curve } = stores;
  /** What was kept before need not be kept again. */
  const restored = new WeakSet<object>();
  const isNew = (result: object | null, before: object | null): result is object =>
    result !== null && result !== before && !restored.has(result);

  distances.subscribe(({ subject, result }, before) => {
    if (!subject || !result || !isNew(result, before.result)) return;
    const { runs, matched } = subject;
    void memory.keep({ kind: "distances", runs: runs.map(comparedRun), settings: { matched }, result });
  });
  line.subscribe(({ subject, result }, before) => {
    if (!subject || !result || !isNew(result, before.result)) return;
    const { from, to, points, batchNorm } = subject;
    void memory.keep({ kind: "line", runs: [from, to].map(comparedRun), settings: { points, batchNorm }, result });
  });
  plane.onSurface(({ models, count, batchNorm }, result) =>
    memory.keep({ kind: "plane", runs: runsIn(models), settings: { count, batchNorm }, result }),
  );

  const keepCurve = async () => {
    const { subject, result } = curve.training.getState();
    if (!subject || !result || restored.has(result)) return;
    const { from, to, request, points, batchNorm } = subject;
    await memory.keep({
      kind: "curve",
      runs: [from, to].map(comparedRun),
      settings: { request, points, batchNorm },
      result: { curve: result, straight: curve.chord.getState().result },
    });
  };
  curve.training.subscribe(({ subject, result }, before) => {
    if (!subject || !isNew(result, before.result)) return;
    // The plane kept before is that of another curve.
    void memory.drop("curve-plane", [subject.from, subject.to].map(comparedRun)).then(keepCurve);
  });
  curve.chord.subscribe(({ result }, before) => {
    if (isNew(result, before.result)) void keepCurve();
  });
  curve.plane.onSurface(({ models, count, batchNorm }, result) =>
    memory.keep({ kind: "curve-plane", runs: runsIn(models), settings: { count, batchNorm }, result }),
  );

  const showDistances = async (loaded: readonly LoadedRun[]) => {
    const kept = await memory.find("distances", (entry) => isOf(loaded)(entry));
    if (!kept) return;
    restored.add(kept.result);
    distances.getState().restore({ runs: loaded, ...kept.settings }, kept.result);
  };
  const showLine = async (loaded: readonly LoadedRun[]) => {
    const kept = await memory.find("line", (entry) => runsOf(entry, loaded) !== null);
    if (!kept) return;
    restored.add(kept.result);
    const [from, to] = runsOf(kept, loaded) ?? [];
    line.getState().restore({ from, to, ...kept.settings }, kept.result);
  };
  const showPlane = async (loaded: readonly LoadedRun[]) => {
    const kept = await memory.find("plane", (entry) => runsOf(entry, loaded) !== null);
    const [first, second, third] = (kept && runsOf(kept, loaded)) ?? [];
    if (!kept) return;
    const models = [modelOfRun(first), modelOfRun(second), modelOfRun(third)] as const;
    plane.restore({ source: first.source, models, projected: [], subset: "train", ...kept.settings }, kept.result);
  };
  const showCurve = async (loaded: readonly LoadedRun[]) => {
    const kept = await memory.find("curve", (entry) => runsOf(entry, loaded) !== null);
    const [from, to] = (kept && runsOf(kept, loaded)) ?? [];
    if (!kept || curve.training.getState().status !== "idle") return;
    const { curve: trained, straight } = kept.result;
    restored.add(trained);
    const subject = { from, to, start: null, ...kept.settings };
    curve.training.getState().restore(subject, trained);
    if (straight) curve.chord.getState().restore(subject, straight);
    const surface = await memory.find("curve-plane", isOf([from, to]));
    if (surface && curve.training.getState().result === trained)
      curve.plane.restore(planeOfCurve(trained.controls, subject, surface.settings.count), surface.result);
  };
  return (loaded) => {
    if (distances.getState().status === "idle") void showDistances(loaded);
    if (line.getState().status === "idle") void showLine(loaded);
    if (plane.place.getState().status === "idle") void showPlane(loaded);
    if (curve.training.getState().status === "idle") void showCurve(loaded);
  };
}

/** Weights that are no run's are left out: those of a curve follow from it. */
const runsIn = (models: PlaneSubject["models"]) =>
  models.flatMap(({ runId, step }) => (runId === null || step === null ? [] : [{ runId, step }]));
