/** What stands on the plate before anything is measured: the one step that leads on. */
import { Button } from "@mantine/core";
import { useStore } from "zustand";
import { useStores } from "../app-stores.ts";
import { modelName } from "../figure/describe.ts";
import { formatDuration, formatValue } from "../figure/format.ts";
import { isBusy } from "../stores/training-store.ts";
import { notifyFailure } from "./notify.ts";

export function EmptyFigure() {
  const { training, settings, cost, preferences, survey } = useStores();
  const spec = useStore(settings, (state) => state.current.spec);
  const { status, progress, steps } = useStore(training);
  const estimate = useStore(cost, (state) => state.training);
  const follows = useStore(preferences, (state) => state.surfaceWhenTrained);
  const measure = () => survey.measureNow().catch(notifyFailure("The surface could not be measured"));
  if (isBusy(status)) {
    const loss = progress ? training.getState().losses.values.at(-1) : undefined;
    return (
      <div className="figure-empty">
        <h2>{status === "paused" ? "Training is paused" : "Training"}</h2>
        <p>
          {progress ? `Step ${progress.step} of ${steps}` : "Preparing"}
          {loss === undefined ? "" : `, batch loss ${formatValue(loss, 3)}`}
          {progress && status === "running" ? `, ${formatDuration(progress.etaSeconds)} left` : ""}.
          {follows ? " The surface is measured as soon as it ends." : ""}
        </p>
        <Button variant="default" onClick={() => void measure()}>
          Stop here and measure the surface
        </Button>
      </div>
    );
  }
  const trained = status !== "idle";
  return (
    <div className="figure-empty">
      <h2>{trained ? "Trained, not measured yet" : "No surface yet"}</h2>
      <p>
        {trained
          ? "Measure the loss on a plane through the trained weights."
          : `Train ${modelName(spec.model)}${
              estimate?.seconds ? `, about ${formatDuration(estimate.seconds)} on this device` : ""
            }; its loss surface is measured right after.`}
      </p>
      <div className="actions" style={{ justifyContent: "center" }}>
        {trained ? (
          <Button onClick={() => void measure()}>Measure surface</Button>
        ) : (
          <>
            <Button onClick={() => training.getState().start(spec)}>Train</Button>
            <Button variant="default" onClick={() => void measure()}>
              Measure at initialisation
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
