/** Replays the training over the figure: a slider over its recorded points, play and pause, and the figures of that step. */
import { ActionIcon, Slider } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useStore } from "zustand";
import { useLandscape } from "../context/landscape.ts";
import { useSession } from "../context/session.ts";
import { useShownSurface } from "../context/use-shown-surface.ts";
import type { FigurePath } from "../figure/figure-path.ts";
import { missingPathWords } from "../figure/path-words.ts";
import { formatFixed, formatValue } from "../kit/format.ts";
import { stepsPerEpoch } from "../stores/steps-of.ts";
import type { TrainingState } from "../stores/training-store.ts";

export function ReplayBar() {
  const { trajectory, settings } = useSession();
  const { surface, example: exampleStore } = useLandscape();
  const example = useStore(exampleStore, (state) => state.example);
  const own = useStore(trajectory, (state) => state.path);
  const path = example?.path ?? own;
  const isRecorded = useStore(trajectory, ({ points, runId }) => points.length > 1 && runId !== null);
  const isOfRun = useStore(surface, ({ source }) => source?.checkpoint?.runId === trajectory.getState().runId);
  const isWanted = useStore(settings, (state) => state.current.view.path);
  if (!isWanted || (!path && !(isRecorded && isOfRun))) return null;
  return <Bar path={path} hasMetrics={example === null} />;
}

interface BarProps {
  readonly path: FigurePath | null;
  /** Whether the run on the page has values of its steps. */
  readonly hasMetrics: boolean;
}

function Bar({ path, hasMetrics }: BarProps) {
  const { training, data, trajectory } = useSession();
  const { replay } = useLandscape();
  const status = useStore(trajectory, (state) => state.status);
  const count = path?.step.length ?? 0;
  const last = Math.max(1, count - 1);
  const point = useStore(replay, ({ position }) => Math.floor((position ?? last) + 1e-9));
  const isPlaying = useStore(replay, (state) => state.isPlaying);
  const spec = useShownSurface()?.spec;
  const step = path ? path.step[point] : 0;
  const trained = useStore(training);
  const kept = useStore(data, (state) => state.kept);
  const epochText = spec ? `epoch ${formatFixed(step / stepsPerEpoch(spec, kept, trained.epochs), 2)}` : "";
  const { play, pause, seek } = replay.getState();
  return (
    <section className="replay" aria-label="Replay of the training">
      <ActionIcon
        aria-label={isPlaying ? "Pause the replay" : "Replay the training"}
        disabled={!path}
        onClick={() => (isPlaying ? pause() : play(count))}
      >
        {isPlaying ? <IconPlayerPause size={16} stroke={1.5} /> : <IconPlayerPlay size={16} stroke={1.5} />}
      </ActionIcon>
      <Slider
        className="replay-slider"
        thumbLabel="Training step"
        thumbValueText={`Step ${step}, ${epochText}`}
        disabled={!path}
        min={0}
        max={last}
        step={1}
        value={Math.min(point, last)}
        label={null}
        onChange={seek}
      />
      <p className="replay-step">{path ? `Step ${step}, ${epochText}` : missingPathWords(status)}</p>
      {path && hasMetrics && <StepValues step={step} training={trained} />}
    </section>
  );
}

interface StepValuesProps {
  readonly step: number;
  readonly training: Pick<TrainingState, "epochs" | "losses">;
}

/** Batch loss of the step itself; the rest as measured at the end of the last epoch by then. */
function StepValues({ step, training: { epochs, losses } }: StepValuesProps) {
  const epoch = epochs.findLast((metrics) => metrics.step <= step);
  const rate = (epochs.find((metrics) => metrics.step >= step) ?? epoch)?.learningRate;
  const batch = step > 0 && step <= losses.length ? losses.values[step - 1] : Number.NaN;
  const text = (value: number | undefined, digits = 3) =>
    value === undefined || Number.isNaN(value) ? "–" : formatValue(value, digits);
  return (
    <dl className="replay-figures">
      <Entry name="Batch loss" value={text(batch)} />
      <Entry name={epoch ? `Training, epoch ${epoch.epoch}` : "Training"} value={text(epoch?.trainLoss)} />
      <Entry name="Test" value={text(epoch?.testLoss)} />
      <Entry name="Learning rate" value={text(rate, 2)} />
    </dl>
  );
}

function Entry({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
