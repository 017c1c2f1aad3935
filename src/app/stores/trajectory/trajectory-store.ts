/**
 * The way that training took, for the surface on the plate: the run's recorded points, their principal directions when a
 * person asks for them, and their projection onto whatever plane or line is shown, with the loss of every point.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { fewestPoints } from "../../../experiment/recording.ts";
import type { Trajectory, TrajectoryPoint } from "../../../experiment/trajectory.ts";
import type { BackendChoice } from "../../../jobs/device-jobs.ts";
import type { JobRunner } from "../../../jobs/jobs.ts";
import type { FigurePath } from "../../figure/figure-path.ts";
import { createJobSlot } from "../job-slot.ts";
import type { JobStatus } from "../job-status.ts";
import { type Plane, samePlane } from "../plane.ts";
import type { SurfaceSource } from "../surface-source.ts";
import { PathCollector } from "./collector.ts";
import { pathTo, sameSteps, withPoint } from "./points.ts";

export interface TrajectoryState {
  /** The run whose points these are. */
  readonly runId: string | null;
  /** Ascending by step. */
  readonly points: readonly TrajectoryPoint[];
  readonly status: JobStatus;
  /** What status and path are of. */
  readonly plane: Plane | null;
  /** Over the figure on the plate; points come one by one. */
  readonly path: FigurePath | null;
  readonly message: string | null;
  /** Principal directions of the way to the surface's centre, once they were asked for. */
  readonly principal: Trajectory | null;
  /** Another run: what is recorded of it so far. */
  begin(runId: string | null, points: readonly TrajectoryPoint[]): void;
  record(runId: string, point: TrajectoryPoint): void;
  /** Rejects with what a person can do where too few points are recorded. */
  findPrincipal(source: SurfaceSource, signal?: AbortSignal): Promise<Trajectory>;
  /** Shows the way in this plane; null for no plane. */
  show(plane: Plane | null): void;
  /** Projects again what failed or was cancelled. */
  retry(): void;
  cancel(): void;
}

export type TrajectoryStore = StoreApi<TrajectoryState>;

/** Paths of late planes, so that going back to one is immediate. */
const keptCount = 6;

interface Projection {
  readonly plane: Plane;
  readonly points: readonly TrajectoryPoint[];
  readonly path: FigurePath;
}

const idle = { status: "idle", plane: null, path: null, message: null } as const;

export function createTrajectoryStore(runner: () => JobRunner, backend: BackendChoice): TrajectoryStore {
  return createStore<TrajectoryState>((set, get) => {
    const kept: Projection[] = [];
    const slot = createJobSlot<"projectTrajectory">();
    let shown: readonly TrajectoryPoint[] = [];
    let principal: { readonly points: readonly TrajectoryPoint[]; readonly found: Promise<Trajectory> } | null = null;

    const project = (plane: Plane, points: readonly TrajectoryPoint[]): void => {
      const { spec, weights } = plane.source;
      const params = { spec, weights, request: plane.request, points, backend };
      shown = points;
      set({ ...idle, status: "running", plane });
      const collector = new PathCollector(points, plane, get().principal);
      void slot.followJob(() => runner().start("projectTrajectory", params), {
        onEvent: (event) => collector.receive(event),
        announce: () => set({ path: collector.path }),
        end(ending) {
          if (ending.kind === "cancelled") set({ status: "cancelled" });
          else if (ending.kind === "failed") set({ status: "failed", message: ending.message });
          else {
            const path = collector.finish(ending.result);
            const isWhole = path.measured.every((flag) => flag === 1);
            if (isWhole) {
              kept.unshift({ plane, points, path });
              kept.splice(keptCount);
            }
            set({ status: isWhole ? "complete" : "cancelled", path });
          }
        },
      });
    };

    return {
      runId: null,
      points: [],
      ...idle,
      principal: null,
      begin(runId, points) {
        principal = null;
        set({ runId, points, principal: null });
      },
      record(runId, point) {
        if (runId === get().runId) set({ points: withPoint(get().points, point) });
      },
      async findPrincipal(source, signal) {
        const { points, runId } = get();
        const way = pathTo(points, runId, source);
        if (way.length < fewestPoints) throw new Error(tooFew(way.length));
        if (!principal || !sameSteps(principal.points, way)) {
          const { result } = runner().start("trajectory", { points: way.map(({ weights }) => weights.theta) });
          principal = { points: way, found: result };
        }
        const own = principal;
        const found = await own.found.catch((error: unknown) => {
          if (principal === own) principal = null;
          throw error;
        });
        signal?.throwIfAborted();
        if (principal === own) set({ principal: found });
        return found;
      },
      show(plane) {
        const { points, runId, plane: before } = get();
        const way = plane ? pathTo(points, runId, plane.source) : [];
        if (plane && before && samePlane(plane, before) && (way.length === 0 || sameSteps(way, shown))) return;
        slot.drop();
        const known = plane && kept.find((entry) => samePlane(entry.plane, plane) && sameSteps(entry.points, way));
        if (!plane || way.length === 0) set(idle);
        else if (known) {
          shown = way;
          set({ ...idle, status: "complete", plane, path: known.path });
        } else project(plane, way);
      },
      retry() {
        const { plane, status } = get();
        if (plane && (status === "failed" || status === "cancelled")) project(plane, shown);
      },
      cancel: slot.cancel,
    };
  });
}

const tooFew = (count: number) =>
  `${count === 0 ? "No points are" : `Only ${count} points are`} recorded of this run's way to the surface's centre, and a plane takes ${fewestPoints}. Switch on “Record the path”, and train again.`;
