/** The spectral density, redrawn from stored quadratures while its sliders move. */
import { SegmentedControl, Slider } from "@mantine/core";
import { useDeferredValue, useId, useMemo } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { DataTable } from "../../../chart/data-table.ts";
import { FigurePlate } from "../../../chart/figure-plate.tsx";
import { useSpectrum } from "../../../context/spectrum.ts";
import { formatCount, formatValue } from "../../../kit/format.ts";
import { Sym } from "../../../kit/symbol.tsx";
import { CancelButton } from "../../plate-action.tsx";
import { curvatureCaption, subjectOf } from "../../words.ts";
import { type DensityCurve, densityCurve, densityGround } from "./density-curve.ts";
import { DensityDrawing } from "./drawing.tsx";

const logSigmaRange = { min: -3, max: -0.8, step: 0.02 } as const;

export function DensityFigure() {
  const { measurements, spectrumView } = useSpectrum();
  const { spectrum } = measurements;
  const { parts, source, settings, started, result } = useStore(
    measurements.density,
    useShallow(({ parts, source, settings, started, result }) => ({ parts, source, settings, started, result })),
  );
  const { densityAxis: axis, logSigma, densityHeight } = useStore(spectrumView);
  const solved = useStore(spectrum, (state) => state.result);
  const solvedAt = useStore(spectrum, (state) => state.source);
  const runs = result?.runs ?? parts;
  const ground = useMemo(() => densityGround(runs, axis), [runs, axis]);
  const width = useDeferredValue(logSigma);
  const curve = useMemo(() => (ground ? densityCurve(runs, ground, width) : null), [runs, ground, width]);
  const request = settings?.request ?? result?.report.request;
  if (!source || !request || !ground || !curve) return null;
  const steps = settings?.steps ?? Math.max(...runs.map(({ nodes }) => nodes.length));
  const probes = settings?.probes ?? runs.length;
  const isSame =
    solved && solvedAt?.weights === source.weights && JSON.stringify(solved.report.request) === JSON.stringify(request);
  const variable = axis === "linear" ? "λ" : "log₁₀|λ|";
  const caption = curvatureCaption("Spectral density", subjectOf(source, request, result?.report ?? started), [
    `Stochastic Lanczos quadrature: ${
      runs.length < probes ? `${runs.length} of ${probes}` : runs.length
    } Rademacher probes of ${formatCount(steps)} steps (k = ${formatCount(steps)}, no tolerance), seed ${request.seed}.`,
    `Density of ${variable}, Gaussians of σ = ${formatValue(curve.sigma, 3)}; band: one standard error over the probes.`,
    isSame ? `Marks below: the ${solved.eigenvalues.length} eigenvalues found.` : "",
  ]);
  const eigenvalues = isSame ? Array.from(solved.eigenvalues) : [];
  const peak = curve.mean.indexOf(Math.max(...curve.mean));
  const summary = `Density from ${runs.length} probes. Highest at ${variable} = ${formatValue(curve.grid[peak], 3)}; nodes from ${formatValue(ground.nodes.min, 3)} to ${formatValue(ground.nodes.max, 3)}.`;
  return (
    <FigurePlate
      title="Density"
      name="density"
      controls={
        <>
          <DensityControls sigma={curve.sigma} />
          <CancelButton id="density" />
        </>
      }
      caption={caption}
      summary={summary}
      table={() => densityTable(curve, axis === "linear")}
    >
      {(drawingWidth) => (
        <DensityDrawing
          width={drawingWidth}
          curve={curve}
          ground={ground}
          isLog={densityHeight === "log"}
          eigenvalues={eigenvalues}
        />
      )}
    </FigurePlate>
  );
}

function DensityControls({ sigma }: { readonly sigma: number }) {
  const { spectrumView } = useSpectrum();
  const { densityAxis, densityHeight, logSigma, set } = useStore(spectrumView);
  const id = useId();
  return (
    <div className="density-controls">
      <span className="density-sigma">
        <span id={id}>
          <Sym>σ</Sym> {formatValue(sigma, 2)}
        </span>
        <Slider
          aria-labelledby={id}
          thumbProps={{ "aria-label": "Width σ of the density" }}
          value={logSigma}
          {...logSigmaRange}
          label={null}
          onChange={(next) => set({ logSigma: next })}
        />
      </span>
      <SegmentedControl
        aria-label="Axis of λ"
        value={densityAxis}
        data={[
          { value: "linear", label: "λ" },
          { value: "logAbs", label: "log |λ|" },
        ]}
        onChange={(next) => set({ densityAxis: next === "logAbs" ? "logAbs" : "linear" })}
      />
      <SegmentedControl
        aria-label="Scale of the density"
        value={densityHeight}
        data={[
          { value: "log", label: "log height" },
          { value: "linear", label: "linear" },
        ]}
        onChange={(next) => set({ densityHeight: next === "log" ? "log" : "linear" })}
      />
    </div>
  );
}

function densityTable({ grid, mean, standardError }: DensityCurve, isLinear: boolean): DataTable {
  return {
    columns: [
      isLinear ? { key: "lambda", title: "λ" } : { key: "log10_abs_lambda", title: "log₁₀|λ|" },
      { key: "density", title: "Density" },
      { key: "standard_error", title: "Standard error" },
    ],
    rows: Array.from(grid, (place, i) => [place, mean[i], standardError[i]]),
  };
}
