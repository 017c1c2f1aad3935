/** The command palette: everything that can be done, by name. */
import { useMantineColorScheme } from "@mantine/core";
import { Spotlight, type SpotlightActionData } from "@mantine/spotlight";
import { useState } from "react";
import { useStore } from "zustand";
import { type LandscapeStores, useLandscape } from "../context/landscape.ts";
import { useRuns } from "../context/runs.ts";
import { type SessionStores, useSession } from "../context/session.ts";
import { useSpectrum } from "../context/spectrum.ts";
import { useSpecProblems } from "../context/use-spec-problems.ts";
import { copySpec, saveWeights } from "../export/run-files.ts";
import { metricNames, metrics } from "../figure/metric.ts";
import { homeOrbit, orbitForKey } from "../figure/orbit.ts";
import { type FaultStore, faultsOf, faultWords } from "../kit/fault-store.ts";
import { notify, notifyFailure } from "../kit/notify.ts";
import { pages } from "../stores/settings/pages.ts";
import { presets } from "../stores/settings/presets.ts";
import { isSweeping } from "../stores/sweep/sweep-store.ts";
import { isBusy } from "../stores/training-store.ts";
import { reachSetting } from "./reach-setting.ts";
import { settingCommands } from "./setting-commands.ts";
import type { SettingPlace } from "./setting-places.ts";
import { spectrumCommands } from "./spectrum-commands.ts";

export function Commands() {
  const session = useSession();
  const landscape = useLandscape();
  const spectrum = useSpectrum();
  const { undo } = useRuns();
  const { settings, preferences, faults } = session;
  const status = useStore(session.training, (state) => state.status);
  const isSweepRunning = useStore(session.sweep, isSweeping);
  const surfaceStatus = useStore(landscape.surface, (state) => state.status);
  const [problem] = useSpecProblems();
  const { toggleColorScheme } = useMantineColorScheme();
  const current = useStore(settings, (state) => state.current);
  const [isGoing, setGoing] = useState(false);
  const go = (place: SettingPlace) => {
    setGoing(true);
    preferences.getState().set({ page: place.page });
    void reachSetting(place).then((isThere) => {
      if (!isThere) notify("The field is not there", `${place.label} does not show with the settings chosen.`);
    });
  };
  const actions: SpotlightActionData[] = [
    ...trainingCommands(session, status, isSweepRunning, problem ? `${problem.what} ${problem.remedy}` : null),
    ...surfaceCommands(landscape, faults, surfaceStatus),
    ...spectrumCommands(session, spectrum),
    ...presets.map(({ id, title, note, spec }) => ({
      id: `preset-${id}`,
      label: `Preset: ${title}`,
      description: note,
      onClick: () => settings.getState().setSpec("preset", spec),
    })),
    ...metrics.map((metric) => ({
      id: `metric-${metric}`,
      label: `Show ${metricNames[metric].toLowerCase()}`,
      onClick: () => settings.getState().setView({ metric, clip: { low: null, high: null } }),
    })),
    { id: "log", label: "Log scale", onClick: () => settings.getState().setView({ scale: "log" }) },
    { id: "linear", label: "Linear scale", onClick: () => settings.getState().setView({ scale: "linear" }) },
    {
      id: "home",
      label: "Reset the view",
      description: "0",
      onClick: () => landscape.viewpoint.getState().glideTo(homeOrbit),
    },
    {
      id: "above",
      label: "View from above",
      description: "7",
      onClick: () => landscape.viewpoint.getState().glideTo(orbitForKey(homeOrbit, "7", false)!),
    },
    { id: "undo", label: "Undo", description: "Ctrl Z", onClick: undo },
    { id: "scheme", label: "Switch light and dark", onClick: () => toggleColorScheme() },
    {
      id: "spec",
      label: "Copy the experiment as JSON",
      description: "The spec that the command line takes",
      onClick: () => void copySpec(session).catch(notifyFailure("The experiment could not be copied")),
    },
    {
      id: "weights",
      label: "Save weights (safetensors)",
      onClick: () => void saveWeights(session).catch(notifyFailure("The weights could not be saved")),
    },
    ...pages.map(({ id, title }) => ({
      id,
      label: `Go to ${title}`,
      onClick: () => preferences.getState().set({ page: id }),
    })),
    {
      id: "keys",
      label: "List of keys",
      description: "?",
      onClick: () => preferences.getState().set({ keysOpen: true }),
    },
    ...settingCommands(current, go),
  ];
  return (
    <Spotlight
      actions={actions}
      shortcut={["mod + K"]}
      tagsToIgnore={[]}
      nothingFound="No command of that name."
      highlightQuery
      limit={9}
      scrollable
      // What is chosen may be a field, which has the focus then.
      returnFocus={!isGoing}
      onSpotlightOpen={() => setGoing(false)}
      onSpotlightClose={leaveField}
      attributes={{ content: { "aria-label": "Commands" } }}
      searchProps={{ placeholder: "Type a command or a setting", "aria-label": fieldName }}
    />
  );
}

/** Keys pressed while the palette fades out are the page's again: its field, still there, would swallow them. */
function leaveField(): void {
  const { activeElement } = document;
  if (activeElement instanceof HTMLInputElement && activeElement.ariaLabel === fieldName) activeElement.blur();
}

const fieldName = "Command";

const cannotRun = "This experiment cannot run yet";

function trainingCommands(
  { training, settings }: SessionStores,
  status: string,
  isSweepRunning: boolean,
  problem: string | null,
): SpotlightActionData[] {
  const { start, pause, unpause, stop, resume, checkpoint } = training.getState();
  const busy = isBusy(training.getState().status);
  const isFree = !busy && !isSweepRunning;
  const commands: (SpotlightActionData | false)[] = [
    isFree && {
      id: "train",
      label: "Train",
      onClick: () => (problem ? notify(cannotRun, problem) : start(settings.getState().current.spec)),
    },
    isFree &&
      checkpoint !== null &&
      status !== "complete" && { id: "resume", label: "Resume training", onClick: resume },
    status === "running" && { id: "pause", label: "Pause training", onClick: pause },
    status === "paused" && { id: "unpause", label: "Resume training", onClick: unpause },
    busy && { id: "stop", label: "Stop training", onClick: () => void stop() },
  ];
  return commands.filter((command) => command !== false);
}

function surfaceCommands(
  { surface, measureNow }: LandscapeStores,
  faults: FaultStore,
  status: string,
): SpotlightActionData[] {
  return status === "running" || status === "queued"
    ? [{ id: "cancel", label: "Cancel the surface, keep what is measured", onClick: () => surface.getState().cancel() }]
    : [
        {
          id: "measure",
          label: "Measure the surface",
          onClick: () => {
            const [fault] = faultsOf(faults.getState(), ["surface"]);
            if (fault) notify("The surface cannot be measured yet", faultWords(fault));
            else void measureNow().catch(notifyFailure("The surface could not be measured"));
          },
        },
      ];
}
