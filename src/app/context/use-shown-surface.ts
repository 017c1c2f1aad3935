/** What the figure on the Landscape page is of, followed as it changes; not its values, which stream. */
import { useMemo } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { type ShownSurface, shownSurface } from "../stores/shown-surface.ts";
import { useLandscape } from "./landscape.ts";

export function useShownSurface(): ShownSurface | null {
  const { surface, example } = useLandscape();
  const own = useStore(
    surface,
    useShallow(({ source, settings, grid, report, backend }) => ({ source, settings, grid, report, backend })),
  );
  const earlier = useStore(example);
  return useMemo(() => shownSurface(own, earlier), [own, earlier]);
}
