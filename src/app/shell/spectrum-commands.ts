/** The palette's commands for curvature: each shows the Spectrum page and starts there. */
import type { SpotlightActionData } from "@mantine/spotlight";
import type { SessionStores } from "../context/session.ts";
import type { SpectrumStores } from "../context/spectrum.ts";
import { faultsOf, faultWords } from "../kit/fault-store.ts";
import { notify, notifyFailure } from "../kit/notify.ts";
import { beginMeasurement } from "../spectrum/begin-measurement.ts";
import { streamedMeasurements, streamedNames } from "../stores/measurements/list.ts";

export const spectrumCommands = (session: SessionStores, spectrum: SpectrumStores): SpotlightActionData[] =>
  streamedNames.map((name) => {
    const { label } = streamedMeasurements[name];
    return {
      id: `measure-${name}`,
      label: `${label} (curvature)`,
      onClick: () => {
        session.preferences.getState().set({ page: "spectrum" });
        const [fault] = faultsOf(session.faults.getState(), ["matrix", name]);
        if (fault) notify(`${label}: it cannot start yet`, faultWords(fault));
        else void beginMeasurement(session, spectrum, name).catch(notifyFailure(`${label}: it could not start`));
      },
    };
  });
