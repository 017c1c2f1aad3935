/** The palette's commands for curvature: each shows the Spectrum page and starts there. */
import type { SpotlightActionData } from "@mantine/spotlight";
import type { AppStores } from "../app-stores.ts";
import { notifyFailure } from "../kit/notify.ts";
import { beginMeasurement, measurementIds, measurementLabels } from "../spectrum/begin-measurement.ts";

export const spectrumCommands = (stores: AppStores): SpotlightActionData[] =>
  measurementIds.map((id) => ({
    id: `measure-${id}`,
    label: `${measurementLabels[id]} (curvature)`,
    onClick: () => {
      stores.preferences.getState().set({ page: "spectrum" });
      void beginMeasurement(stores, id).catch(notifyFailure(`${measurementLabels[id]}: it could not start`));
    },
  }));
