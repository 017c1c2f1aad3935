/** Opens Compare on the surfaces that its runs keep, where these are of one plane, until a person asks for another. */

import { defaultCompareSettings } from "../settings/compare-settings.ts";
import { sameSurface } from "../settings/settings.ts";
import type { SettingsStore } from "../settings/settings-store.ts";
import { keptView } from "./kept-view.ts";
import type { LoadedRun } from "./runs.ts";

/** What is to be called with the compared runs whenever all of them are read. */
export function createAdoption(settings: SettingsStore): (runs: readonly LoadedRun[]) => void {
  const surfaceOf = () => settings.getState().current.compare.surface;
  let isUntouched = sameSurface(surfaceOf(), defaultCompareSettings.surface);
  let isAdopting = false;
  settings.subscribe((now, before) => {
    if (!isAdopting && now.current.compare.surface !== before.current.compare.surface)
      isUntouched = sameSurface(surfaceOf(), defaultCompareSettings.surface) && isUntouched;
  });
  return (runs) => {
    const { view } = keptView(runs);
    if (!isUntouched || !view || sameSurface(view, surfaceOf())) return;
    const { current, amend } = settings.getState();
    isAdopting = true;
    amend({ ...current, compare: { ...current.compare, surface: view } });
    isAdopting = false;
  };
}
