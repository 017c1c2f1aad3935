/**
 * Pages whose code comes after the first one's. React's own `lazy` keeps its placeholder for 300 ms even where the code is at
 * hand; here a page that is loaded is there at once.
 */
import type { ComponentType } from "react";
import { type PageId, pageIds } from "../stores/settings/pages.ts";

export type LatePage = Exclude<PageId, "landscape">;

const loaders: Readonly<Record<LatePage, () => Promise<{ readonly default: ComponentType }>>> = {
  compare: () => import("./compare-page.tsx"),
  spectrum: () => import("./spectrum-page.tsx"),
  runs: () => import("./runs-page.tsx"),
  device: () => import("./device-page.tsx"),
};

const loaded = new Map<LatePage, ComponentType>();

/** Null until it was loaded. */
export const loadedPage = (page: LatePage): ComponentType | null => loaded.get(page) ?? null;

/** Rejects where its code can't be had. */
export async function loadPage(page: LatePage): Promise<void> {
  loaded.set(page, (await loaders[page]()).default);
}

/** Loads them one after another while nothing else is to do. What can't be had is asked for again when it is opened. */
export async function loadPagesWhenIdle(): Promise<void> {
  for (const page of pageIds) {
    if (page === "landscape") continue;
    await idle();
    await loadPage(page).catch(() => undefined);
  }
}

const idle = () =>
  new Promise<void>((resolve) => {
    // Safari has no idle callbacks.
    if (typeof requestIdleCallback === "function") requestIdleCallback(() => resolve(), { timeout: 5000 });
    else setTimeout(resolve, 500);
  });
