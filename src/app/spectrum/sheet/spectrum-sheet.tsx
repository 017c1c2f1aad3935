/** The figures one below the other, each where it will stand from the start: what is not measured yet says what it would show. */

import { useEffect } from "react";
import { useStore } from "zustand";
import { modelTitle } from "../../../architectures/specs.ts";
import { EmptyPlate } from "../../chart/figure-plate.tsx";
import { useSession } from "../../context/session.ts";
import { useSpectrum } from "../../context/spectrum.ts";
import type { SurfaceSource } from "../../stores/surface-source.ts";
import { ConvergenceFigure } from "../figures/convergence-figure.tsx";
import { DensityFigure } from "../figures/density-figure.tsx";
import { EigenvalueFigure } from "../figures/eigenvalue-figure.tsx";
import { EigenvectorFigure } from "../figures/eigenvector-figure.tsx";
import { LayersFigure } from "../figures/layers-figure.tsx";
import { SubsetsFigure } from "../figures/subsets-figure.tsx";
import { TraceFigure } from "../figures/trace-figure.tsx";
import { StartButton } from "../plate-action.tsx";
import { useWeightsAtHand } from "../use-subject.ts";
import { Announcer } from "./announcer.tsx";
import { KeyFigures } from "./key-figures.tsx";

export function Sheet() {
  const { spectrum, tensorLayouts } = useSpectrum();
  const source = useStore(spectrum, (state) => state.source);
  useEffect(() => {
    if (source) tensorLayouts.getState().ask(source.spec);
  }, [tensorLayouts, source]);
  return (
    <div className="sheet" tabIndex={-1}>
      <div className="sheet-inner">
        <SheetHead source={source} />
        <Announcer />
        <Eigenpairs />
        <Density />
        <TraceFigure />
        <Layers />
        <Subsets />
      </div>
    </div>
  );
}

function SheetHead({ source }: { readonly source: SurfaceSource | null }) {
  const { training } = useSession();
  const checkpoint = useStore(training, (state) => state.checkpoint);
  const { spec, label } = useWeightsAtHand();
  const isOlder = source !== null && checkpoint !== null && checkpoint.weights !== source.weights;
  const { spec: shown, label: at } = source ?? { spec, label };
  return (
    <header className="sheet-head">
      <h1>Curvature of the loss</h1>
      <p>
        {modelTitle(shown.model)}, {at}
        {isOlder ? `. The weights at hand are those ${label}: measure again for them.` : ""}
      </p>
      <KeyFigures />
    </header>
  );
}

function Eigenpairs() {
  const { spectrum } = useSpectrum();
  const status = useStore(spectrum, (state) => state.status);
  const hasSteps = useStore(spectrum, (state) => state.steps.length > 0);
  const count = useStore(spectrum, (state) => state.result?.eigenvalues.length ?? null);
  return (
    <>
      {hasSteps && <ConvergenceFigure />}
      {count !== null && count > 0 && <EigenvalueFigure />}
      {count !== null && count > 0 && <EigenvectorFigure />}
      {!hasSteps && !count && (
        <EmptyPlate title="Eigenvalues and eigenvectors" sketch="eigenvalues">
          <p>
            {status === "queued" || status === "running"
              ? "The matrix is being prepared; the first Ritz values come with the first products."
              : "The sharpest and the most negative directions of the loss at these weights, each with its residual. They draw surfaces too."}
          </p>
          <StartButton id="eigenpairs" />
        </EmptyPlate>
      )}
      {status === "cancelled" && count === 0 && (
        <EmptyPlate title="Nothing had converged">
          <p>The solve was cancelled before a pair had converged. Its convergence so far is drawn above.</p>
        </EmptyPlate>
      )}
    </>
  );
}

function Density() {
  const { measurements } = useSpectrum();
  const hasRuns = useStore(measurements.density, (state) => state.parts.length > 0);
  if (hasRuns) return <DensityFigure />;
  return (
    <EmptyPlate title="Density" sketch="density">
      <p>How the whole spectrum is spread: a bulk near zero and outliers far from it, from random probes.</p>
      <StartButton id="density" />
    </EmptyPlate>
  );
}

function Layers() {
  const { measurements } = useSpectrum();
  const hasLayers = useStore(measurements.layers, (state) => state.parts.length > 0);
  if (hasLayers) return <LayersFigure />;
  return (
    <EmptyPlate title="Layers" sketch="layers">
      <p>Largest eigenvalue, trace and norm of every layer's own block.</p>
      <StartButton id="layers" />
    </EmptyPlate>
  );
}

function Subsets() {
  const { measurements } = useSpectrum();
  const hasSamples = useStore(measurements.subsets, (state) => state.parts.length > 0);
  if (hasSamples) return <SubsetsFigure />;
  return (
    <EmptyPlate title="Subsets against the full set" sketch="subsets">
      <p>What mini-batches and resampled sets say of the full set's spectrum, and how far they point the same way.</p>
      <StartButton id="subsets" />
    </EmptyPlate>
  );
}
