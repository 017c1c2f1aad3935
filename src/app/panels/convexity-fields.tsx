/** What the colours stand for; and the convexity map: its points, what they cost, how far it is. */
import { Button, SegmentedControl } from "@mantine/core";
import { useEffect, useReducer } from "react";
import { useStore } from "zustand";
import { useLandscape } from "../context/landscape.ts";
import { useSession } from "../context/session.ts";
import { convexityCost, secondsLeft } from "../figure/convexity-cost.ts";
import { metricNames } from "../figure/metric.ts";
import type { ColourLayer } from "../figure/view-settings.ts";
import { Actions } from "../kit/actions.tsx";
import { Alert } from "../kit/alert.tsx";
import { Field } from "../kit/field.tsx";
import { ChoiceField } from "../kit/fields.tsx";
import { aboutDuration, formatCount, formatDuration, formatFlop } from "../kit/format.ts";
import { Meter } from "../kit/meter.tsx";
import { Note } from "../kit/note.tsx";
import { assumedProducts } from "../stores/convexity-store.ts";
import type { JobStatus } from "../stores/job-status.ts";
import { convexityRefusal } from "../stores/plane.ts";
import { useHessianRefusal } from "./use-hessian-refusal.ts";

/** Each has the centre, and most points of the next coarser ones. */
const counts = [5, 9, 13, 17, 21] as const;

export function ConvexityFields() {
  const { settings } = useSession();
  const { surface } = useLandscape();
  const { metric, colourBy, convexityCount } = useStore(settings, (state) => state.current.view);
  const wanted = useStore(settings, (state) => state.current.surface);
  const shown = useStore(surface, (state) => state.settings);
  const refusal = convexityRefusal(shown ?? wanted, useHessianRefusal());
  const set = settings.getState().setView;
  const options = [...new Set<number>([...counts, convexityCount])].sort((a, b) => a - b);
  return (
    <>
      <Field label="Colour by">
        <SegmentedControl
          aria-label="Colour by"
          value={refusal ? "value" : colourBy}
          data={[
            { value: "value", label: metricNames[metric] },
            { value: "convexity", label: "Convexity", disabled: refusal !== null },
          ]}
          onChange={(layer) => set({ colourBy: layer as ColourLayer })}
        />
      </Field>
      {refusal && colourBy === "convexity" && <Note isUnderField>{refusal}</Note>}
      {!refusal && colourBy === "convexity" && (
        <>
          <ChoiceField
            label="Points of the map"
            value={String(convexityCount)}
            options={options.map((count) => ({ value: String(count), label: `${count} × ${count}` }))}
            onChange={(count) => set({ convexityCount: Number(count) })}
          />
          <ConvexityMeasurement count={convexityCount} />
        </>
      )}
    </>
  );
}

const isRunning = (status: JobStatus) => status === "queued" || status === "running";

function ConvexityMeasurement({ count }: { readonly count: number }) {
  const { convexity, surface } = useLandscape();
  const { status, layer, message, measure, cancel } = useStore(convexity);
  const hasSurface = useStore(surface, (state) => state.status !== "idle");
  const total = layer ? layer.columns * layer.rows : count * count;
  const done = layer?.measuredCount ?? 0;
  return (
    <>
      <Actions>
        {isRunning(status) ? (
          <Button variant="default" onClick={cancel}>
            Cancel, keep what is measured
          </Button>
        ) : (
          <Button variant="default" disabled={!hasSurface} onClick={() => measure(count)}>
            {layer ? "Measure convexity again" : "Measure convexity"}
          </Button>
        )}
      </Actions>
      {layer && <Meter label="Points of the convexity map" fraction={done / total} />}
      <Note isUnderField role="status">
        {isRunning(status) ? <Progress /> : hasSurface ? <Cost count={count} /> : "Measure a surface first."}
      </Note>
      {status === "failed" && (
        <Alert title="The convexity map stopped with an error">{message} What was measured is kept.</Alert>
      )}
    </>
  );
}

function Progress() {
  const { convexity, surface } = useLandscape();
  const { status, layer, startedMs } = useStore(convexity);
  const surfaceRuns = useStore(surface, (state) => state.status === "running" || state.status === "queued");
  useClock();
  if (!layer || status === "queued")
    return surfaceRuns ? "Waits for the surface to be measured." : "Waits for the worker.";
  const total = layer.columns * layer.rows;
  const left = secondsLeft(layer.measuredCount, total, (performance.now() - startedMs) / 1000);
  return `${formatCount(layer.measuredCount)} of ${formatCount(total)} points${left === null ? "" : `, ${formatDuration(left)} left`}`;
}

/** Renders again every second: the first points may take long. */
function useClock(): void {
  const [, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, []);
}

function Cost({ count }: { readonly count: number }) {
  const { cost } = useSession();
  const { convexity, surface } = useLandscape();
  const { layer, started, spent, status } = useStore(convexity);
  const speed = useStore(surface, (state) => state.speed);
  const spec = useStore(surface, (state) => state.source?.spec ?? null);
  const evaluationFlop = useStore(cost, (state) => (state.spec === spec ? state.evaluationFlop : null));
  const measured = layer?.measuredCount ?? 0;
  const isKnown = spent !== null && measured > 0;
  const productsPerPoint = isKnown ? spent.products / measured : assumedProducts;
  const estimate = convexityCost({
    points: count * count,
    productsPerPoint,
    productFlop: started?.cost.flopPerStep ?? null,
    evaluationFlop,
    secondsPerPoint: isKnown ? spent.seconds / measured : null,
    gflopPerSecond: speed,
  });
  const found =
    layer && status === "cancelled"
      ? `${formatCount(layer.measuredCount)} of ${formatCount(layer.columns * layer.rows)} points measured. `
      : "";
  return (
    <>
      {found}
      {formatCount(count * count)} points × about {formatCount(productsPerPoint)} Hessian products
      {estimate.flop === null ? "" : ` ≈ ${formatFlop(estimate.flop)}`}
      {estimate.seconds === null ? "" : `, ${aboutDuration(estimate.seconds)} on this device`}
    </>
  );
}
