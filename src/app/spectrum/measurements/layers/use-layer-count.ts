/** Layers that the chosen parameters lie in; 0 until the model is known, and when the choice is faulty. */
import { useMemo } from "react";
import { useStore } from "zustand";
import { groupByLayer } from "../../../../curvature/layers.ts";
import { selectTensors } from "../../../../curvature/selection.ts";
import { useSession } from "../../../context/session.ts";
import { useLayout, useSelection, useWeightsAtHand } from "../../use-subject.ts";

export function useLayerCount(): number {
  const { settings } = useSession();
  const patterns = useStore(settings, (state) => state.current.spectrum.parameters);
  const { spec } = useWeightsAtHand();
  const layout = useLayout(spec);
  const selection = useSelection(spec);
  return useMemo(
    () => (layout && selection && !selection.problem ? groupByLayer(selectTensors(layout, patterns)).length : 0),
    [layout, selection, patterns],
  );
}
