/** One colour a run, in the order of the sweep: neighbours of the first axis look alike. */
import { useComputedColorScheme } from "@mantine/core";
import { useMemo } from "react";
import { colourTable } from "../figure/colour-maps.ts";

/** The part of the colour map that is seen on the page's paper. */
const seenParts = { light: [0, 0.8], dark: [0.32, 1] } as const;

export function useSweepColours(count: number): readonly string[] {
  const scheme = useComputedColorScheme("light");
  return useMemo(() => {
    const table = colourTable("viridis");
    const [low, high] = seenParts[scheme];
    return Array.from({ length: count }, (_, index) => {
      const t = low + ((high - low) * index) / Math.max(1, count - 1);
      const at = Math.round(t * 255) * 4;
      return `rgb(${table[at]}, ${table[at + 1]}, ${table[at + 2]})`;
    });
  }, [count, scheme]);
}
