/** Leads to a field of the panel, as a person would get there: its group is opened, the field stands in view, in focus. */
import type { SettingPlace } from "./setting-places.ts";

/** Longer than a page's code takes to load on a slow line. */
const patienceMs = 20_000;

/** False where the field did not come. */
export async function reachSetting({ section, group, label }: Omit<SettingPlace, "page">): Promise<boolean> {
  const place = await whenThere(() => (document.querySelector("[role=dialog]") ? null : sectionOf(section)));
  if (!place) return false;
  if (group !== null) openGroup(place, group);
  const control = await whenThere(() => controlOf(place, label));
  control?.scrollIntoView({ block: "center" });
  control?.focus();
  return control !== null;
}

/** Looks before every frame. */
function whenThere<T>(find: () => T | null): Promise<T | null> {
  const endMs = performance.now() + patienceMs;
  return new Promise((resolve) => {
    const look = () => {
      const found = find();
      if (found !== null || performance.now() > endMs) resolve(found);
      else requestAnimationFrame(look);
    };
    look();
  });
}

const named = <T extends Element>(elements: Iterable<T>, name: string): T | null =>
  [...elements].find(({ textContent }) => textContent?.trim() === name) ?? null;

const sectionOf = (title: string): Element | null =>
  named(document.querySelectorAll("aside section[aria-labelledby] h2"), title)?.closest("section") ?? null;

function openGroup(section: Element, title: string): void {
  const toggle = named(section.querySelectorAll<HTMLElement>("button[aria-controls]"), title);
  if (toggle?.ariaExpanded === "false") toggle.click();
}

/** The control of a label; of a group of choices the chosen one. */
function controlOf(section: Element, label: string): HTMLElement | null {
  const id = named(section.querySelectorAll("label"), label)?.htmlFor;
  const control =
    (id ? section.querySelector(`#${CSS.escape(id)}`) : null) ??
    section.querySelector(`[aria-label="${CSS.escape(label)}"]`);
  if (!(control instanceof HTMLElement)) return null;
  return control.role === "radiogroup" ? control.querySelector<HTMLElement>("input:checked") : control;
}
