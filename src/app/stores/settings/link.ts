/** What an address says: a page, and the settings on it. */
import { z } from "zod";
import { decodeSections, encodeSection, type UrlSection } from "../../../experiment/url/url-codec.ts";
import { textField } from "../../../experiment/url/url-field.ts";
import { specSection, surfaceSection } from "../../../experiment/url/url-sections.ts";
import { viewSection } from "../../figure/view-settings.ts";
import { compareSection } from "./compare-settings.ts";
import { type PageId, pageIds } from "./pages.ts";
import { defaultSettings, type Settings } from "./settings.ts";
import { spectrumSection } from "./spectrum-settings.ts";

export interface Link {
  readonly page: PageId;
  readonly settings: Settings;
}

/** The page of an address that names none. */
export const firstPage: PageId = "landscape";

const pageSection: UrlSection<{ readonly page: PageId }> = {
  schema: z.strictObject({ page: z.enum(pageIds).default(firstPage) }),
  rules: [],
  start: {},
  choices: [],
  fields: [textField("page", "page")],
};

const sections = {
  open: pageSection,
  spec: specSection,
  surface: surfaceSection,
  view: viewSection,
  spectrum: spectrumSection,
  compare: compareSection,
};

/** The fragment without its #. It always names an experiment: one that names none stands for the page's own first preset. */
export function encodeLink({ page, settings }: Link): string {
  const { spec, surface, view, spectrum, compare } = settings;
  const pairs = [
    encodeSection(specSection, spec),
    encodeSection(surfaceSection, surface),
    encodeSection(viewSection, view),
    encodeSection(spectrumSection, spectrum),
    encodeSection(compareSection, compare),
  ].filter(Boolean);
  const named = pairs.length > 0 ? pairs : [`model=${spec.model.name}`];
  return [encodeSection(pageSection, { page }), ...named].filter(Boolean).join("&");
}

/** Throws SpecError with all that is wrong. */
export function decodeLink(fragment: string): Link {
  const text = fragment.replace(/^#/, "");
  const { open, ...settings } = decodeSections(text, sections);
  return { page: open.page, settings: namesExperiment(text) ? settings : defaultSettings };
}

/** Whether an address says anything beside the page. */
export const namesExperiment = (fragment: string): boolean =>
  [...new URLSearchParams(fragment.replace(/^#/, "")).keys()].some((key) => key !== "page");

/** The page that an address names, whatever else is wrong with it. */
export function pageOf(fragment: string): PageId {
  const name = new URLSearchParams(fragment.replace(/^#/, "")).get("page");
  return pageIds.find((id) => id === name) ?? firstPage;
}

/** The settings alone, on the page that an address need not name. */
export const encodeSettings = (settings: Settings): string => encodeLink({ page: firstPage, settings });

/** Throws SpecError with all that is wrong. */
export const decodeSettings = (fragment: string): Settings => decodeLink(fragment).settings;
