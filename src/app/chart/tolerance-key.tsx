/** What the dashed line is, above the right end of a panel. */
import { formatTick } from "../kit/format.ts";
import type { Frame } from "./plot-panel.tsx";

export function ToleranceKey({ frame, tolerance }: { readonly frame: Frame; readonly tolerance: number }) {
  const [right, y] = [frame.left + frame.width, frame.top - 9];
  const text = `tolerance ${formatTick(tolerance)}`;
  const textWidth = 6.2 * text.length;
  return (
    <g>
      <line x1={right - textWidth - 26} x2={right - textWidth - 6} y1={y - 4} y2={y - 4} className="plot-goal" />
      <text x={right} y={y} textAnchor="end" className="plot-note">
        {text}
      </text>
    </g>
  );
}
