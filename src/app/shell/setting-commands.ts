/** The fields of the panels as commands: to choose one is to stand in it. */
import type { SpotlightActionData } from "@mantine/spotlight";
import { pages } from "../stores/settings/pages.ts";
import type { Settings } from "../stores/settings/settings.ts";
import { type SettingPlace, settingPlaces } from "./setting-places.ts";

export const settingCommands = (settings: Settings, go: (place: SettingPlace) => void): SpotlightActionData[] =>
  settingPlaces(settings).map((place) => ({
    id: `setting-${place.page}-${place.section}-${place.label}`,
    label: place.label,
    description: whereWords(place),
    keywords: ["setting", "field"],
    onClick: () => go(place),
  }));

/** "Landscape, Experiment, Optimiser and schedule" */
const whereWords = ({ page, section, group }: SettingPlace): string =>
  [pages.find(({ id }) => id === page)?.title, section, group].filter(Boolean).join(", ");
