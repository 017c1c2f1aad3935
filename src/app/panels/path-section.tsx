/** The training's path over the figure: what is recorded of it, its plane, and how much of it the figure can show. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { useStore } from "zustand";
import { fewestPoints } from "../../experiment/recording.ts";
import { useLandscape } from "../context/landscape.ts";
import { useSession } from "../context/session.ts";
import { explainedWords, pathFacts, principalRanks } from "../figure/path-words.ts";
import { Actions } from "../kit/actions.tsx";
import { Alert } from "../kit/alert.tsx";
import { FieldList } from "../kit/field-list.tsx";
import { SwitchField } from "../kit/fields.tsx";
import { formatPercent } from "../kit/format.ts";
import { InlineAction } from "../kit/inline-action.tsx";
import { Note } from "../kit/note.tsx";
import { notifyFailure } from "../kit/notify.ts";
import { Section } from "../kit/section.tsx";
import { isBusy } from "../stores/training-store.ts";
import { fittedRange, pathPlane } from "../stores/trajectory/plane.ts";
import type { TrajectoryStore } from "../stores/trajectory/trajectory-store.ts";

export function PathSection() {
  const { trajectory, training } = useSession();
  const count = useStore(trajectory, (state) => state.points.length);
  const hasRun = useStore(training, (state) => state.status !== "idle");
  return (
    <Section title="Training path" aside={count > 0 ? `${count} points recorded` : ""}>
      {count === 0 ? (
        <Note>
          {hasRun
            ? "This run has no recorded path: switch on “Record the path” under Experiment, and train again."
            : "With “Record the path” on, training leaves a path, which is drawn over the surface."}
        </Note>
      ) : (
        <PathControls count={count} />
      )}
    </Section>
  );
}

function PathControls({ count }: { readonly count: number }) {
  const { settings, trajectory } = useSession();
  const isShown = useStore(settings, (state) => state.current.view.path);
  return (
    <>
      <PlaneActions isEnough={count >= fewestPoints} />
      <FieldList>
        <SwitchField
          label="Draw the path"
          checked={isShown}
          onChange={(path) => settings.getState().setView({ path })}
        />
      </FieldList>
      {isShown && <PathNote trajectory={trajectory} />}
    </>
  );
}

function PlaneActions({ isEnough }: { readonly isEnough: boolean }) {
  const { settings, trajectory, training, currentWeights } = useSession();
  const { surface, measureNow } = useLandscape();
  const [isFinding, setFinding] = useState(false);
  const path = useStore(trajectory, (state) => state.path);
  const trains = isBusy(useStore(training, (state) => state.status));
  const showPlane = async () => {
    setFinding(true);
    try {
      const source = await currentWeights();
      const found = await trajectory.getState().findPrincipal(source);
      settings.getState().setSurface(pathPlane(found, settings.getState().current.surface));
      if (surface.getState().status === "idle") await measureNow();
    } finally {
      setFinding(false);
    }
  };
  return (
    <>
      <Actions>
        <Button
          variant="default"
          loading={isFinding}
          disabled={!isEnough || trains}
          onClick={() => void showPlane().catch(notifyFailure("The path's plane could not be found"))}
        >
          Path plane
        </Button>
        <Button
          variant="default"
          disabled={!path}
          onClick={() => {
            if (path) settings.getState().setSurface(fittedRange(path, settings.getState().current.surface));
          }}
        >
          Fit range to the path
        </Button>
      </Actions>
      <Note>
        The path plane is spanned by the path’s two directions of largest variance. It uses raw weights, biases
        included; normalising would change the plane.
      </Note>
    </>
  );
}

function PathNote({ trajectory: store }: { readonly trajectory: TrajectoryStore }) {
  const { surface } = useLandscape();
  const { status, path, message, retry, cancel } = useStore(store);
  const { grid, settings, isOrphan, status: surfaceStatus } = useStore(surface);
  if (status === "failed")
    return (
      <Alert title="The path could not be projected">
        {message} <InlineAction onClick={retry}>Try again</InlineAction>
      </Alert>
    );
  const measured = path?.measured.reduce((sum, flag) => sum + flag, 0) ?? 0;
  const facts = path && grid ? pathFacts(path, grid) : null;
  const variance = path && settings ? explainedWords(path.explained, principalRanks(settings)) : "";
  return (
    <Note role="status">
      {status === "running" && (
        <>
          {path ? `Measuring: ${measured} of ${path.step.length} points. ` : "Waits for the surface to be measured. "}
          <InlineAction onClick={cancel}>Cancel</InlineAction>
        </>
      )}
      {status === "cancelled" && (
        <>
          Cancelled, {measured} points measured. <InlineAction onClick={retry}>Measure the rest</InlineAction>
        </>
      )}
      {status === "idle" &&
        (isOrphan
          ? "The weights of this surface are no longer kept: measure it again to see the path over it."
          : surfaceStatus === "idle"
            ? "Comes with the surface."
            : "The directions of this surface are not known, or it is another run's: measure it again.")}
      {status === "complete" && facts && (
        <>
          {variance && `Variance: ${variance}. `}
          {formatPercent(facts.medianOff)} of ‖θₙ − θ₀‖ off the {grid && grid.rows > 1 ? "plane" : "line"} in the
          median, {formatPercent(facts.mostOff)} at most.
          {facts.outside > 0 && ` ${facts.outside} of ${facts.count} points lie beyond the frame.`}
        </>
      )}
    </Note>
  );
}
