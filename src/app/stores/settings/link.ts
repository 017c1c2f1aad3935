/** The page's settings in its address: written shortly after they change, read when the page opens or the address is edited. */
import { decodeSections, encodeSection } from "../../../experiment/url/url-codec.ts";
import { specSection, surfaceSection } from "../../../experiment/url/url-sections.ts";
import { viewSection } from "../../figure/view-settings.ts";
import { compareSection } from "./compare-settings.ts";
import { defaultSettings, type Settings } from "./settings.ts";
import type { SettingsStore } from "./settings-store.ts";
import { spectrumSection } from "./spectrum-settings.ts";

const sections = {
  spec: specSection,
  surface: surfaceSection,
  view: viewSection,
  spectrum: spectrumSection,
  compare: compareSection,
};
const settleMs = 300;

/** The fragment without its #. Never empty: an empty one stands for the page's own first preset. */
export function encodeSettings({ spec, surface, view, spectrum, compare }: Settings): string {
  const pairs = [
    encodeSection(specSection, spec),
    encodeSection(surfaceSection, surface),
    encodeSection(viewSection, view),
    encodeSection(spectrumSection, spectrum),
    encodeSection(compareSection, compare),
  ];
  return pairs.filter(Boolean).join("&") || `model=${spec.model.name}`;
}

/** Throws SpecError with all that is wrong. */
export function decodeSettings(fragment: string): Settings {
  const text = fragment.replace(/^#/, "");
  return text === "" ? defaultSettings : decodeSections(text, sections);
}

/** Keeps address and settings equal. A faulty address changes nothing and is reported. */
export function followLink(settings: SettingsStore, onError: (error: unknown) => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  settings.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      history.replaceState(history.state, "", `#${encodeSettings(settings.getState().current)}`);
    }, settleMs);
  });
  addEventListener("hashchange", () => {
    if (location.hash.slice(1) === encodeSettings(settings.getState().current)) return;
    try {
      settings.getState().replace("link", decodeSettings(location.hash));
    } catch (error) {
      onError(error);
    }
  });
}
