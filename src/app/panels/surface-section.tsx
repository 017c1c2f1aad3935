/** The surface's controls. All are live: with a surface on the plate a change starts a new stream at once. */
import { Button } from "@mantine/core";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { useLandscape } from "../context/landscape.ts";
import { useSession } from "../context/session.ts";
import { useSpectrum } from "../context/spectrum.ts";
import { Actions } from "../kit/actions.tsx";
import { Alert } from "../kit/alert.tsx";
import { type FieldFault, faultWords } from "../kit/fault-store.ts";
import { useFaults } from "../kit/field-faults.tsx";
import { aboutDuration, formatCount, formatDuration, formatFlop, formatValue } from "../kit/format.ts";
import { Meter } from "../kit/meter.tsx";
import { Note } from "../kit/note.tsx";
import { notifyFailure } from "../kit/notify.ts";
import { Section } from "../kit/section.tsx";
import type { JobStatus } from "../stores/job-status.ts";
import { isLine } from "../stores/settings/settings.ts";
import { isBusy } from "../stores/training-store.ts";
import { SurfaceFields } from "./surface-fields.tsx";

const statusNames: Readonly<Record<JobStatus, string>> = {
  idle: "",
  queued: "waiting for the worker",
  running: "measuring",
  complete: "complete",
  cancelled: "partial",
  failed: "failed",
};

export function SurfaceSection() {
  const { surface } = useLandscape();
  const status = useStore(surface, (state) => state.status);
  const message = useStore(surface, (state) => state.message);
  return (
    <Section scope="surface" title="Surface" aside={statusNames[status]}>
      <SurfaceActions />
      <SurfaceProgressLine />
      {status === "failed" && (
        <Alert title="The surface stopped with an error">
          {message} What was measured is kept; continue when it is mended.
        </Alert>
      )}
      <SurfaceFields />
    </Section>
  );
}

function SurfaceActions() {
  const { settings, training } = useSession();
  const { surface, measureNow } = useLandscape();
  const { status, source, isOrphan, measure, cancel } = useStore(
    surface,
    useShallow((state) => ({
      status: state.status,
      source: state.source,
      isOrphan: state.isOrphan,
      measure: state.measure,
      cancel: state.cancel,
    })),
  );
  const trainingBusy = isBusy(useStore(training, (state) => state.status));
  const isFaulty = useSurfaceFaults().length > 0;
  const name = useStore(settings, (state) => (isLine(state.current.surface) ? "line" : "surface"));
  if (status === "queued" || status === "running") {
    return (
      <Actions>
        <Button variant="default" onClick={cancel}>
          Cancel, keep what is measured
        </Button>
      </Actions>
    );
  }
  const partial = (status === "cancelled" || status === "failed") && source !== null && !isOrphan;
  const start = () => void measureNow().catch(notifyFailure(`The ${name} could not be measured`));
  return (
    <Actions>
      {partial && (
        <Button disabled={isFaulty} onClick={() => measure(source, settings.getState().current.surface)}>
          Continue
        </Button>
      )}
      <Button variant="default" disabled={isFaulty} onClick={start}>
        {trainingBusy ? `Stop training, measure the ${name}` : `Measure ${name}`}
      </Button>
    </Actions>
  );
}

/** Faults of the surface's own fields, and of the experiment's where its initial weights would be measured around. */
function useSurfaceFaults(): readonly FieldFault[] {
  const hasWeights = useStore(useSession().training, ({ checkpoint }) => checkpoint !== null);
  const own = useFaults("surface");
  const experiment = useFaults("experiment");
  return hasWeights ? own : [...own, ...experiment];
}

function SurfaceProgressLine() {
  const [fault] = useSurfaceFaults();
  const { cost, settings, training } = useSession();
  const { surface } = useLandscape();
  const { spectrum } = useSpectrum().measurements;
  const solveStep = useStore(spectrum, ({ parts }) => parts.at(-1));
  const { status, progress, grid, speed: surfaceSpeed } = useStore(surface);
  const wanted = useStore(settings, (state) => state.current.surface);
  const evaluationFlop = useStore(cost, (state) => state.evaluationFlop);
  const trainingSpeed = useStore(training, (state) => state.progress?.gflopPerSecond ?? null);
  const speed = surfaceSpeed ?? trainingSpeed;
  const points = wanted.alpha.count * (wanted.y ? wanted.beta.count : 1);
  const fraction = grid ? grid.measuredCount / grid.size : 0;
  const running = status === "running" || status === "queued";
  const isSolving = useStore(spectrum, (state) => status === "queued" && state.status === "running");
  const flop = evaluationFlop === null ? null : evaluationFlop * points;
  return (
    <>
      <Meter label="Points measured" fraction={fraction} />
      <Note keepsLine>
        {isSolving
          ? `Solving for eigenvectors: ${formatCount(solveStep?.products ?? 0)} products, ${formatCount(
              solveStep?.converged ?? 0,
            )} of ${formatCount(solveStep?.ritzValues.length ?? 0)} pairs converged`
          : running && progress
            ? `${formatCount(grid?.measuredCount ?? 0)} of ${formatCount(grid?.size ?? 0)} points${
                Number.isFinite(progress.etaSeconds) ? `, ${formatDuration(progress.etaSeconds)} left` : ""
              }${Number.isFinite(progress.gflopPerSecond) ? `, ${formatValue(progress.gflopPerSecond, 3)} GFLOP/s` : ""}`
            : fault
              ? faultWords(fault)
              : `${formatCount(points)} points${flop === null ? "" : ` ≈ ${formatFlop(flop)}`}${
                  flop !== null && speed ? `, ${aboutDuration(flop / (speed * 1e9))} on this device` : ""
                }`}
      </Note>
    </>
  );
}
