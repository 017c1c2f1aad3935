/** Curvature at the weights at hand: eigenpairs, density, trace, layers, subsets. */
import { DensitySection } from "../spectrum/panel/density-section.tsx";
import { EigenpairsSection } from "../spectrum/panel/eigenpairs-section.tsx";
import { LayersSection } from "../spectrum/panel/layers-section.tsx";
import { MatrixSection } from "../spectrum/panel/matrix-section.tsx";
import { SubsetsSection } from "../spectrum/panel/subsets-section.tsx";
import { TraceSection } from "../spectrum/panel/trace-section.tsx";
import { Sheet } from "../spectrum/sheet/spectrum-sheet.tsx";
import "../styles/spectrum.css";

export default function SpectrumPage() {
  return (
    <main className="landscape spectrum" id="main" tabIndex={-1}>
      <Sheet />
      <aside className="panel" aria-label="Controls">
        <MatrixSection />
        <EigenpairsSection />
        <DensitySection />
        <TraceSection />
        <LayersSection />
        <SubsetsSection />
      </aside>
    </main>
  );
}
