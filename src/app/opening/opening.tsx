/** Under the landscape measured earlier: what it shows in one sentence, and three ways to go on with this device's times. */
import { FileButton, UnstyledButton } from "@mantine/core";
import { useStore } from "zustand";
import { useLandscape } from "../context/landscape.ts";
import { useRuns } from "../context/runs.ts";
import { useSession } from "../context/session.ts";
import { readableFiles } from "../intake/file-kind.ts";
import { takeFiles } from "../intake/take-files.ts";
import { aboutDuration, formatCount } from "../kit/format.ts";
import { notifyFailure } from "../kit/notify.ts";
import { threeInitialisations } from "../stores/doors.ts";
import { presets } from "../stores/settings/presets.ts";
import styles from "./opening.module.css";

const whenStopped = notifyFailure("The comparison could not be started");

export function Opening() {
  const session = useSession();
  const runs = useRuns();
  const { example: store, doors } = useLandscape();
  const example = useStore(store, (state) => state.example);
  const { first, isMeasured } = useStore(doors);
  if (!example) return null;
  const { settings, training, sweep, preferences } = session;
  const { spec, title } = first?.preset ?? presets[0];
  const train = () => {
    settings.getState().setSpec("preset", spec);
    training.getState().start(spec);
  };
  const planned = threeInitialisations(spec);
  const count = planned.axes.seed?.length ?? 1;
  const compare = () => {
    preferences.getState().set({ page: "compare" });
    void sweep.getState().start(planned, null).catch(whenStopped);
  };
  const unknown = isMeasured ? "" : "Measuring this device …";
  const took = (runs: number) =>
    !first
      ? unknown
      : `${aboutDuration(runs * first.trainingSeconds)} here, then ${aboutDuration(runs * first.surfaceSeconds)} for ${runs === 1 ? "its surface" : "their surfaces"}`;
  return (
    <section className={styles.opening} aria-label="Where to begin">
      <p className={styles.lead}>
        Height is the loss of a network on {formatCount(example.report.examples)} images, the floor is two directions
        through its weights, and the line is the way that training took to the ball where it ended.
      </p>
      <ul className={styles.doors}>
        <Door
          title="Train a first network"
          note={`${title}: its loss as it falls, and the surface around where it ends`}
          time={took(1)}
          onClick={train}
        />
        <Door
          title="Compare three initialisations"
          note={`${title} from three random beginnings: do they end in one valley?`}
          time={took(count)}
          onClick={compare}
        />
        <FileButton multiple onChange={(files) => void takeFiles({ session, runs }, files)}>
          {({ onClick }) => (
            <Door title="Open a model or data" note={`Basin reads ${readableFiles()}`} time="" onClick={onClick} />
          )}
        </FileButton>
      </ul>
    </section>
  );
}

interface DoorProps {
  readonly title: string;
  readonly note: string;
  /** "" where nothing is known, or there is nothing to wait for. */
  readonly time: string;
  readonly onClick: () => void;
}

function Door({ title, note, time, onClick }: DoorProps) {
  return (
    <li>
      <UnstyledButton className={styles.door} onClick={onClick}>
        <b>{title}</b>
        <span className={styles.note}>{note}</span>
        <span className={styles.time}>{time}</span>
      </UnstyledButton>
    </li>
  );
}
