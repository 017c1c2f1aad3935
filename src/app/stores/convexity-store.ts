/**
 * The convexity map of the plane on the plate as it streams in, coarse to fine. A cancelled one keeps what is measured; one
 * of another plane is put away, and comes back with its plane.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { PlaneConvexity } from "../../experiment/curvature.ts";
import { axisValues } from "../../experiment/grid.ts";
import { describePlane } from "../../experiment/plane-description.ts";
import type { ConvexityParams, CurvatureStarted } from "../../jobs/curvature-jobs.ts";
import type { BackendChoice } from "../../jobs/device-jobs.ts";
import type { JobRunner } from "../../jobs/jobs.ts";
import { buildConvexityLayer, type ConvexityLayer, type ConvexityMethod } from "../figure/convexity-layer.ts";
import { createJobSlot } from "./job-slot.ts";
import type { JobStatus } from "./job-status.ts";
import { isMapOf, type KeptMap } from "./kept-convexity.ts";
import { type Plane, planeOf, sameRectangle } from "./plane.ts";
import type { SurfaceSource } from "./surface-source.ts";
import type { SurfaceStore } from "./surface-store.ts";

/** A map of one plane, in whatever state it is. */
export interface ConvexityMeasurement {
  readonly status: JobStatus;
  readonly plane: Plane | null;
  readonly layer: ConvexityLayer | null;
  readonly started: CurvatureStarted | null;
  /** When the first point was begun, on performance.now's clock. */
  readonly startedMs: number;
  /** What the points took; known at the end. */
  readonly spent: { readonly products: number; readonly seconds: number; readonly unconverged: number } | null;
  readonly message: string | null;
}

export interface ConvexityState extends ConvexityMeasurement {
  /** Measures the plane on the plate at `count` × `count` points, cancelling what runs. Nothing to do without a plane. */
  measure(count: number): void;
  cancel(): void;
  /** Lays by a map that was kept with a run: it is shown when its plane is on the plate. */
  restore(source: SurfaceSource, map: PlaneConvexity): void;
}

/** How the current map was measured, for captions and files. */
export function convexityMethod({ started, spent }: ConvexityMeasurement): ConvexityMethod {
  return {
    tolerance: convexityTolerance,
    dimension: started?.dimension ?? null,
    unconverged: spent?.unconverged ?? 0,
  };
}

export type ConvexityStore = StoreApi<ConvexityState>;

/** Two figures of a ratio are all that a colour shows. */
const convexityTolerance = 0.01;
const limits = { tolerance: convexityTolerance, maxProducts: 120, memoryBytes: 512e6, seed: 0 } as const;
/** About what a solve of both ends takes at this tolerance, for an estimate before the first one. */
export const assumedProducts = 30;
const keptCount = 6;

const idle: ConvexityMeasurement = {
  status: "idle",
  plane: null,
  layer: null,
  started: null,
  startedMs: Number.NaN,
  spent: null,
  message: null,
};

export interface ConvexityOptions {
  readonly runner: () => JobRunner;
  readonly backend: BackendChoice;
  readonly surface: SurfaceStore;
  readonly keep: (source: SurfaceSource, map: PlaneConvexity) => Promise<void>;
}

export function createConvexityStore({ runner, backend, surface, keep }: ConvexityOptions): ConvexityStore {
  let kept: ConvexityMeasurement[] = [];
  let restored: KeptMap | null = null;
  const slot = createJobSlot<"convexity">();

  return createStore<ConvexityState>((set, get) => {
    const measurement = (): ConvexityMeasurement => {
      const { status, plane, layer, started, startedMs, spent, message } = get();
      return { status, plane, layer, started, startedMs, spent, message };
    };

    const run = (plane: Plane, count: number): void => {
      const { spec, weights } = plane.source;
      const { alpha, beta } = gridOf(plane, count);
      const params = { spec, weights, plane: plane.request, backend, alpha, beta, ...limits };
      const values = unmeasured({ alpha, beta });
      const layer = () => buildConvexityLayer(values);
      slot.drop();
      set({ ...idle, status: "queued", plane, layer: layer() });
      void slot.followJob(() => runner().start("convexity", params), {
        onEvent(event) {
          if (event.kind === "started") {
            set({ status: "running", started: event, startedMs: performance.now() });
            return;
          }
          [values.largest[event.cell], values.smallest[event.cell]] = [event.largest, event.smallest];
          values.measured[event.cell] = 1;
        },
        announce: () => set({ layer: layer() }),
        keep: (map) => keep(plane.source, { ...map, ...values, plane: describePlane(plane.request) }),
        end(ending) {
          if (ending.kind === "cancelled") set({ status: "cancelled", layer: layer() });
          else if (ending.kind === "failed") set({ status: "failed", message: ending.message, layer: layer() });
          else {
            const { status, products, unconverged, report } = ending.result;
            const spent = { products, seconds: report.elapsedMs / 1000, unconverged };
            set({ status: status === "cancelled" ? "cancelled" : "complete", spent, layer: layer() });
          }
        },
      });
    };

    /** Puts the map of a plane that has left the plate away, and brings that of the new one back. */
    const follow = (): void => {
      const plane = planeOf(surface.getState());
      const before = get().plane;
      if (before ? plane && sameRectangle(plane, before) : !plane) return;
      const wasMeasuring = slot.isBusy;
      slot.drop();
      const left = measurement();
      const hasValues = left.layer !== null && left.layer.measuredCount > 0;
      if (hasValues)
        kept = [wasMeasuring ? { ...left, status: "cancelled" as const } : left, ...kept].slice(0, keptCount);
      const known = plane && kept.find((entry) => entry.plane && sameRectangle(entry.plane, plane));
      kept = kept.filter((entry) => entry !== known);
      const ofRun = plane && restored && isMapOf(restored, plane) ? { ...measurementOf(restored.map), plane } : null;
      set(known ?? ofRun ?? idle);
    };
    surface.subscribe((now, past) => {
      if (now.request !== past.request || now.source !== past.source || now.settings !== past.settings) follow();
    });

    return {
      ...idle,
      measure(count) {
        const plane = planeOf(surface.getState());
        if (plane) run(plane, count);
      },
      cancel: slot.cancel,
      restore(source, map) {
        restored = { source, map };
        const plane = planeOf(surface.getState());
        if (plane && isMapOf(restored, plane) && get().layer === null) set({ ...measurementOf(map), plane });
      },
    };
  });
}

function measurementOf(map: PlaneConvexity): ConvexityMeasurement {
  const { status, products, unconverged, report } = map;
  return {
    ...idle,
    status: status === "cancelled" ? "cancelled" : "complete",
    layer: buildConvexityLayer(map),
    started: {
      kind: "started",
      backend: report.backend,
      dimension: report.dimension,
      examples: report.examples,
      // Its memory is given back long since.
      cost: {
        parameters: report.dimension,
        flopPerStep: report.flopPerProduct,
        totalFlop: report.flopPerProduct * products,
        memoryBytes: 0,
      },
    },
    spent: { products, seconds: report.elapsedMs / 1000, unconverged },
  };
}

/** The map's grid: as many points along both axes, over the same rectangle as the surface. */
function gridOf({ request }: Plane, count: number): Pick<ConvexityParams, "alpha" | "beta"> {
  return { alpha: { ...request.alpha, count }, beta: { ...request.beta, count } };
}

function unmeasured(axes: Pick<ConvexityParams, "alpha" | "beta">) {
  const [alpha, beta] = [axisValues(axes.alpha), axisValues(axes.beta)];
  const gaps = () => new Float64Array(alpha.length * beta.length).fill(Number.NaN);
  return { alpha, beta, largest: gaps(), smallest: gaps(), measured: new Uint8Array(alpha.length * beta.length) };
}
