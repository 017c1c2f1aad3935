/** The colours of a scene; channels from 0 to 1. */
export interface ScenePalette {
  readonly paper: readonly [number, number, number];
  readonly ink: readonly [number, number, number];
  /** CSS colours of the frame's grid and edges, and of marks. */
  readonly gridLine: string;
  readonly frameLine: string;
  readonly accent: string;
}
