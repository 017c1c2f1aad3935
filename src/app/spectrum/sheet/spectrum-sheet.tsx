/** The figures one below the other, each where it will stand from the start: what is not measured yet says what it would show. */
import { useEffect } from "react";
import { useStore } from "zustand";
import { modelTitle } from "../../../architectures/specs.ts";
import { useSession } from "../../context/session.ts";
import { useSpectrum } from "../../context/spectrum.ts";
import { streamedNames } from "../../stores/measurements/list.ts";
import type { SurfaceSource } from "../../stores/surface-source.ts";
import { MeasurementPlace } from "../measurements/place.tsx";
import { useWeightsAtHand } from "../use-subject.ts";
import { Announcer } from "./announcer.tsx";
import { SpectrumSummary } from "./spectrum-summary.tsx";

export function Sheet() {
  const { measurements, tensorLayouts } = useSpectrum();
  const { spectrum } = measurements;
  const source = useStore(spectrum, (state) => state.source);
  useEffect(() => {
    if (source) tensorLayouts.getState().ask(source.spec);
  }, [tensorLayouts, source]);
  return (
    <div className="sheet" tabIndex={-1}>
      <div className="sheet-inner">
        <SheetHead source={source} />
        <Announcer />
        {streamedNames.map((name) => (
          <MeasurementPlace key={name} name={name} />
        ))}
      </div>
    </div>
  );
}

function SheetHead({ source }: { readonly source: SurfaceSource | null }) {
  const { training } = useSession();
  const checkpoint = useStore(training, (state) => state.checkpoint);
  const { spec, label } = useWeightsAtHand();
  const isOlder = source !== null && checkpoint !== null && checkpoint.weights !== source.weights;
  const { spec: shown, label: checkpointLabel } = source ?? { spec, label };
  return (
    <header className="sheet-head">
      <h1>Curvature of the loss</h1>
      <p>
        {modelTitle(shown.model)}, {checkpointLabel}
        {isOlder ? `. The current weights are those ${label}: measure again for them.` : ""}
      </p>
      <SpectrumSummary />
    </header>
  );
}
