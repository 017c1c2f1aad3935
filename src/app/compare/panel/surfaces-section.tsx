/** Measures a surface around every chosen run, all with the same settings. */
import { Button, SegmentedControl } from "@mantine/core";
import { useStore } from "zustand";
import { hasRunningStatistics } from "../../../architectures/specs.ts";
import type { SurfaceView } from "../../../experiment/surface-view.ts";
import { useCompare } from "../../context/compare.ts";
import { Actions } from "../../kit/actions.tsx";
import { Disclosure } from "../../kit/disclosure.tsx";
import { faultWords } from "../../kit/fault-store.ts";
import { useFaults } from "../../kit/field-faults.tsx";
import { FieldList } from "../../kit/field-list.tsx";
import { formatCount } from "../../kit/format.ts";
import { InlineAction } from "../../kit/inline-action.tsx";
import { Meter } from "../../kit/meter.tsx";
import { Note } from "../../kit/note.tsx";
import { notifyFailure } from "../../kit/notify.ts";
import { Section } from "../../kit/section.tsx";
import { SurfaceViewFields } from "../../panels/surface-fields.tsx";
import { chooseDirections } from "../../stores/choose-directions.ts";
import { keptView } from "../../stores/compare/kept-view.ts";
import type { LoadedRun } from "../../stores/compare/runs.ts";
import type { CompareStores } from "../../stores/compare/stores.ts";
import { sharedEigenRanges } from "../../stores/eigen-plane.ts";
import { sameSurface } from "../../stores/settings/settings.ts";
import type { Pane } from "../use-panes.ts";

const sameDraw = { x: { kind: "random", seed: 1 }, y: { kind: "random", seed: 2 } } as const;
const ownEigenvectors = { x: { kind: "eigen", index: 1 }, y: { kind: "eigen", index: 2 } } as const;

export function SurfacesSection({ panes }: { readonly panes: readonly Pane[] }) {
  const compare = useCompare();
  const wanted = useStore(compare.settings, (state) => state.surface);
  const measuring = useStore(compare.surfaces, (state) => state.measuring);
  const { setSurface } = compare.settings.getState();
  const runs = panes.flatMap(({ run }) => (run ? [run] : []));
  const grids = panes.flatMap(({ figure }) => (figure ? [figure.grid] : []));
  const [done, all] = grids.reduce(([d, a], grid) => [d + grid.measuredCount, a + grid.size], [0, 0]);
  const choose = async (change: Partial<Pick<SurfaceView, "x" | "y">>) => {
    const chosen = chooseDirections(wanted, change);
    const isAlongEigenvectors = [chosen.x, chosen.y].some((direction) => direction?.kind === "eigen");
    const solved = chosen !== change && isAlongEigenvectors ? await keptPairs(compare, runs) : [];
    setSurface({ ...chosen, ...sharedEigenRanges(solved, { ...wanted, ...chosen }) });
  };
  const chooseNow = (change: Partial<Pick<SurfaceView, "x" | "y">>) =>
    void choose(change).catch(notifyFailure("The eigenvalues kept with the runs could not be read"));
  const isEigen = wanted.x.kind === "eigen" || wanted.y?.kind === "eigen";
  const [fault] = useFaults("compare-surface");
  const isWhole = all > 0 && done === all;
  const hasBatchNorm = runs.some(({ record: { spec } }) => hasRunningStatistics(spec.model));
  return (
    <Section
      scope="compare-surface"
      title="Surfaces"
      aside={measuring ? "measuring" : isWhole ? "complete" : done > 0 ? "partial" : ""}
    >
      <Actions>
        {measuring ? (
          <Button variant="default" onClick={() => compare.surfaces.getState().cancel()}>
            Cancel, keep what is measured
          </Button>
        ) : (
          <Button
            disabled={runs.length === 0 || isWhole || fault !== undefined}
            onClick={() =>
              void compare.surfaces
                .getState()
                .measure(runs, wanted)
                .catch(notifyFailure("The surfaces could not be measured"))
            }
          >
            {done > 0 && !isWhole
              ? "Measure the rest"
              : `Measure ${runs.length > 1 ? `${runs.length} surfaces` : "surface"}`}
          </Button>
        )}
      </Actions>
      <Meter label="Points measured" fraction={all > 0 ? done / all : 0} />
      <Note>{fault && !measuring ? faultWords(fault) : `${formatCount(done)} of ${formatCount(all)} points`}</Note>
      {!isWhole && !measuring && <KeptNote runs={runs} wanted={wanted} show={setSurface} />}
      <FieldList>
        <SegmentedControl
          fullWidth
          aria-label="Directions"
          value={isEigen ? "own" : "same"}
          data={[
            { value: "same", label: "Same draw" },
            { value: "own", label: "Own eigenvectors" },
          ]}
          onChange={(kind) => chooseNow(kind === "own" ? ownEigenvectors : sameDraw)}
        />
      </FieldList>
      <Disclosure title="Directions, normalisation, grid">
        <SurfaceViewFields wanted={wanted} hasBatchNorm={hasBatchNorm} set={setSurface} choose={chooseNow} />
      </Disclosure>
    </Section>
  );
}

interface KeptNoteProps {
  readonly runs: readonly LoadedRun[];
  readonly wanted: SurfaceView;
  readonly show: (view: SurfaceView) => void;
}

/** Why what the runs keep is not shown, or the way to it. */
function KeptNote({ runs, wanted, show }: KeptNoteProps) {
  const { view, why } = keptView(runs);
  if (runs.length === 0 || (view && sameSurface(view, wanted))) return null;
  if (!view) return <Note>{why} Measured here, all are of one plane.</Note>;
  return (
    <Note>
      Each run keeps a surface of one other plane, {view.alpha.count} × {view.beta.count} points.{" "}
      <InlineAction onClick={() => show(view)}>Show these</InlineAction>
    </Note>
  );
}

/** Eigenpairs of those runs with which some are kept. */
async function keptPairs({ runs: store }: CompareStores, runs: readonly LoadedRun[]) {
  const found = await Promise.all(
    runs.map(async (run) => ({
      pairs: await store.getState().keptResult(run, "spectrum"),
      theta: run.source.weights.theta,
    })),
  );
  return found.flatMap(({ pairs, theta }) => (pairs ? [{ pairs, theta }] : []));
}
