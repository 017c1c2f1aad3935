/** Train, measure, look. */
import { VisuallyHidden } from "@mantine/core";
import { Opening } from "../opening/opening.tsx";
import { ExperimentSection } from "../panels/experiment-section.tsx";
import { PathSection } from "../panels/path-section.tsx";
import { SurfaceSection } from "../panels/surface-section.tsx";
import { TrainingSection } from "../panels/training-section.tsx";
import { ViewSection } from "../panels/view-section.tsx";
import { FigureView } from "../plate/figure-view.tsx";

export function LandscapePage() {
  return (
    <main className="landscape" id="main" tabIndex={-1}>
      <VisuallyHidden component="h1">Landscape</VisuallyHidden>
      <div className="plate">
        <FigureView>
          <Opening />
        </FigureView>
      </div>
      <aside className="panel" aria-label="Controls">
        <ExperimentSection />
        <TrainingSection />
        <SurfaceSection />
        <PathSection />
        <ViewSection />
      </aside>
    </main>
  );
}
