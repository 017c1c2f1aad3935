/** The page's tokens as numbers for the canvases, read again when the colour scheme changes. */
import { useComputedColorScheme } from "@mantine/core";
import { useMemo } from "react";
import type { ScenePalette } from "../scene/relief-material.ts";

function channels(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

/** Kept equal to styles/tokens.css by tests/app/palette.test.ts: style sheets are not there yet on the first render. */
export const palettes = {
  light: { paper: "#eef0ef", ink: "#171c21", hairline: "#b4bcbc", accent: "#a1165c", quiet: "#59636b" },
  dark: { paper: "#0e1216", ink: "#e7ebed", hairline: "#39434b", accent: "#f277b0", quiet: "#93a0a7" },
} as const;

export function usePalette(): ScenePalette & { readonly quiet: string; readonly paperCss: string } {
  const scheme = useComputedColorScheme("light");
  return useMemo(() => {
    const { paper, ink, hairline, accent, quiet } = palettes[scheme];
    return { paper: channels(paper), ink: channels(ink), hairline, accent, inkCss: ink, quiet, paperCss: paper };
  }, [scheme]);
}
