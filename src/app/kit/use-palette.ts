/** The page's tokens as numbers for the canvases, read again when the colour scheme changes. */
import { useComputedColorScheme } from "@mantine/core";
import { useMemo } from "react";
import type { ScenePalette } from "./scene-palette.ts";

function channels(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

/** Kept equal to styles/tokens.css by a test: style sheets are not there yet on the first render. */
export const palettes = {
  light: {
    paper: "#eef0ef",
    ink: "#171c21",
    gridLine: "#c6cccc",
    frameLine: "#7d868b",
    accent: "#a1165c",
    quiet: "#59636b",
  },
  dark: {
    paper: "#0e1216",
    ink: "#e7ebed",
    gridLine: "#2c353c",
    frameLine: "#7b878e",
    accent: "#f277b0",
    quiet: "#93a0a7",
  },
} as const;

export interface Palette extends ScenePalette {
  readonly inkLine: string;
  readonly quiet: string;
}

export function usePalette(): Palette {
  const scheme = useComputedColorScheme("light");
  return useMemo(() => {
    const { paper, ink, ...lines } = palettes[scheme];
    return { ...lines, paper: channels(paper), ink: channels(ink), inkLine: ink };
  }, [scheme]);
}
