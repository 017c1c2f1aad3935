/** Where a pane's picture stands on the sheet that all panes are drawn on. */

/** A pane's rectangle, in CSS pixels from the sheet's upper left corner. */
export interface PanePlace {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The part of the drawing buffer for it, as WebGL counts: from the lower left corner. */
export function viewportOf({ left, top, width, height }: PanePlace, sheetHeight: number) {
  return { x: left, y: sheetHeight - top - height, width, height };
}

/** How many panes stand side by side. */
export function paneColumns(count: number, sheetWidth: number): number {
  if (sheetWidth < 560) return 1;
  if (count <= 2 || sheetWidth < 820) return Math.min(count, 2);
  return count === 4 ? 2 : 3;
}
