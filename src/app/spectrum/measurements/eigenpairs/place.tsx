/** Eigenpairs: from the first steps of a solve its convergence is drawn, then the values and the vectors. */
import { useStore } from "zustand";
import { EmptyPlate } from "../../../chart/figure-plate.tsx";
import { useSpectrum } from "../../../context/spectrum.ts";
import { StartButton } from "../../plate-action.tsx";
import { ConvergenceFigure } from "./convergence-figure.tsx";
import { EigenvalueFigure } from "./eigenvalue-figure.tsx";
import { EigenvectorFigure } from "./eigenvector-figure.tsx";

const stems = [34, 22, 16, 12, 10, 8, 7, 6];

const sketch = (
  <>
    {stems.map((height, i) => (
      <g key={height}>
        <path d={`M${15 + i * 12} 42V${42 - height}`} />
        <circle cx={15 + i * 12} cy={42 - height} r={2} />
      </g>
    ))}
    <path d="M117 42V46" />
    <circle cx={117} cy={47} r={2} />
  </>
);

export function EigenpairsPlace() {
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
        <EmptyPlate title="Eigenvalues and eigenvectors" sketch={sketch}>
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
