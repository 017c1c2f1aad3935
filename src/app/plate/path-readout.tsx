/** A recorded point of the training in figures: when it was, where it lies, what is lost there and on the surface below it. */
import { useStore } from "zustand";
import { useSession } from "../context/session.ts";
import { useShownSurface } from "../context/use-shown-surface.ts";
import type { Figure } from "../figure/figure.ts";
import { type FigurePath, offShare, pathValue, placeOf, surfaceAt } from "../figure/figure-path.ts";
import { metricNames } from "../figure/metric.ts";
import { formatFixed, formatPercent, formatValue } from "../kit/format.ts";
import { Sym } from "../kit/symbol.tsx";
import { stepsPerEpoch } from "../stores/steps-of.ts";

export interface PathReadoutProps {
  readonly figure: Figure;
  readonly path: FigurePath;
  readonly index: number;
}

export function PathReadout({ figure, path, index }: PathReadoutProps) {
  const { training, data } = useSession();
  const spec = useShownSurface()?.spec;
  const epochs = useStore(training, (state) => state.epochs);
  const kept = useStore(data, (state) => state.kept);
  const { grid, metric } = figure;
  const step = path.step[index];
  const below = surfaceAt(figure.display, placeOf(grid, path.alpha[index], path.beta[index]));
  const name = metricNames[metric];
  return (
    <dl className="readout" data-testid="path-readout">
      <dt>Step</dt>
      <dd>{step}</dd>
      {spec && (
        <>
          <dt>Epoch</dt>
          <dd>{formatFixed(step / stepsPerEpoch(spec, kept, epochs), 2)}</dd>
        </>
      )}
      <dt>
        <Sym>α</Sym>
        {grid.rows > 1 && (
          <>
            , <Sym>β</Sym>
          </>
        )}
      </dt>
      <dd>
        {formatFixed(path.alpha[index], 3)}
        {grid.rows > 1 && `, ${formatFixed(path.beta[index], 3)}`}
      </dd>
      <dt>{name} at the step</dt>
      <dd>{path.measured[index] ? formatValue(pathValue(path, metric, index)) : "not measured yet"}</dd>
      <dt>
        {name.toLowerCase()} on the {grid.rows > 1 ? "plane" : "line"}
      </dt>
      <dd>{Number.isNaN(below) ? "not measured" : formatValue(below)}</dd>
      <dt>off the {grid.rows > 1 ? "plane" : "line"}</dt>
      <dd>
        {formatValue(path.offPlane[index], 3)}, {formatPercent(offShare(path, index))}
      </dd>
    </dl>
  );
}
