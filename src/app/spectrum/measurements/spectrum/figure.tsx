/** Eigenpairs: from the first steps of a solve its convergence is drawn, then the values and the vectors. */
import { useStore } from "zustand";
import { EmptyPlate } from "../../../chart/figure-plate.tsx";
import { useSpectrum } from "../../../context/spectrum.ts";
import { ConvergenceFigure } from "./convergence-figure.tsx";
import { EigenvalueFigure } from "./eigenvalue-figure.tsx";
import { EigenvectorFigure } from "./eigenvector-figure.tsx";

export function EigenpairsFigure() {
  const { spectrum } = useSpectrum().measurements;
  const status = useStore(spectrum, (state) => state.status);
  const hasSteps = useStore(spectrum, (state) => state.parts.length > 0);
  const count = useStore(spectrum, (state) => state.result?.eigenvalues.length ?? null);
  return (
    <>
      {hasSteps && <ConvergenceFigure />}
      {count !== null && count > 0 && <EigenvalueFigure />}
      {count !== null && count > 0 && <EigenvectorFigure />}
      {status === "cancelled" && count === 0 && (
        <EmptyPlate title="Nothing had converged">
          <p>The solve was cancelled before a pair had converged. Its convergence so far is drawn above.</p>
        </EmptyPlate>
      )}
    </>
  );
}
