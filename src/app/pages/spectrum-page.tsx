/** What is measured at the current weights, one measurement below the other. */
import { measurementViews } from "../spectrum/measurements/list.ts";
import { MatrixSection } from "../spectrum/panel/matrix-section.tsx";
import { Sheet } from "../spectrum/sheet/spectrum-sheet.tsx";
import { streamedNames } from "../stores/measurements/list.ts";
import "../styles/spectrum.css";

export default function SpectrumPage() {
  return (
    <main className="landscape spectrum" id="main" tabIndex={-1}>
      <Sheet />
      <aside className="panel" aria-label="Controls">
        <MatrixSection />
        {streamedNames.map((name) => {
          const { Section } = measurementViews[name];
          return <Section key={name} />;
        })}
      </aside>
    </main>
  );
}
