/** The value under the cursor: coordinates, value with its standard error, difference from the best. Keeps its size. */
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { modelAt } from "../../experiment/quadratic-model.ts";
import { useLandscape } from "../context/landscape.ts";
import { convexityText } from "../figure/convexity-layer.ts";
import { exampleCount } from "../figure/describe.ts";
import type { Figure } from "../figure/figure.ts";
import { errorAt, metricAt, metricNames } from "../figure/metric.ts";
import { formatFixed, formatValue, signedValue } from "../kit/format.ts";
import { Sym } from "../kit/symbol.tsx";
import { pointShown } from "../stores/trajectory/replay-store.ts";
import { PathReadout } from "./path-readout.tsx";

export function Readout({ figure }: { readonly figure: Figure }) {
  const { figure: figureStore, surface, replay } = useLandscape();
  const cursor = useStore(figureStore, (state) => state.cursor);
  const point = useStore(replay, pointShown);
  const isHovered = useStore(replay, (state) => state.hovered !== null);
  const { source, settings, report } = useStore(
    surface,
    useShallow((state) => ({ source: state.source, settings: state.settings, report: state.report })),
  );
  const { grid, metric, display } = figure;
  if (figure.path && !figure.ghost && point !== null && point < figure.path.step.length && (isHovered || !cursor))
    return <PathReadout figure={figure} path={figure.path} index={point} />;
  if (!cursor || figure.ghost) {
    return <p className="readout-hint">{figure.ghost ? "" : "Point at the surface to read a value."}</p>;
  }
  const cell = cursor.row * grid.columns + cursor.column;
  const best = metric === "accuracy" ? display.maxCell : display.minCell;
  const value = metricAt(grid, metric, cell);
  const measured = grid.measured[cell] === 1;
  const examples = source && settings ? exampleCount(source.spec, settings, report) : null;
  const error = errorAt(grid, metric, cell, examples);
  const modelled = figure.model ? modelAt(figure.model, grid.alpha[cursor.column], grid.beta[cursor.row]) : Number.NaN;
  const difference = best < 0 ? Number.NaN : value - metricAt(grid, metric, best);
  return (
    <dl className="readout">
      <dt>
        <Sym>α</Sym>
      </dt>
      <dd>{formatFixed(grid.alpha[cursor.column], 3)}</dd>
      {grid.rows > 1 && (
        <>
          <dt>
            <Sym>β</Sym>
          </dt>
          <dd>{formatFixed(grid.beta[cursor.row], 3)}</dd>
        </>
      )}
      <dt>{metricNames[metric]}</dt>
      <dd>
        {measured ? formatValue(value) : "not measured yet"}
        {measured && Number.isFinite(error) && ` ± ${formatValue(error, 2)}`}
      </dd>
      <dt>{metric === "accuracy" ? "from maximum" : "above minimum"}</dt>
      <dd>{measured && Number.isFinite(difference) ? formatValue(difference) : "–"}</dd>
      {figure.model && (
        <>
          <dt>quadratic model</dt>
          <dd>
            {formatValue(modelled)}
            {measured && Number.isFinite(modelled - value) && `, ${signedValue(modelled - value, 2)} off`}
          </dd>
        </>
      )}
      {figure.layer && (
        <>
          <dt>convexity</dt>
          <dd>{convexityText(figure.layer, cursor.column / (grid.columns - 1), cursor.row / (grid.rows - 1))}</dd>
        </>
      )}
    </dl>
  );
}
