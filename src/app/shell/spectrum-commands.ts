/** The palette's commands for curvature: each shows the Spectrum page and starts there. */
import type { SpotlightActionData } from "@mantine/spotlight";
import type { SessionStores } from "../context/session.ts";
import type { SpectrumStores } from "../context/spectrum.ts";
import { faultsOf, faultWords } from "../kit/fault-store.ts";
import { notify, notifyFailure } from "../kit/notify.ts";
import { beginMeasurement, measurementIds, measurementLabel } from "../spectrum/begin-measurement.ts";

export const spectrumCommands = (session: SessionStores, spectrum: SpectrumStores): SpotlightActionData[] =>
  measurementIds.map((id) => ({
    id: `measure-${id}`,
    label: `${measurementLabel(id)} (curvature)`,
    onClick: () => {
      session.preferences.getState().set({ page: "spectrum" });
      const [fault] = faultsOf(session.faults.getState(), ["matrix", id]);
      if (fault) notify(`${measurementLabel(id)}: it cannot start yet`, faultWords(fault));
      else
        void beginMeasurement(session, spectrum, id).catch(
          notifyFailure(`${measurementLabel(id)}: it could not start`),
        );
    },
  }));
