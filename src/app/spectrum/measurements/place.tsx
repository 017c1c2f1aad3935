/** A measurement's place on the sheet: its figure, or what stands where it will be. */
import { useStore } from "zustand";
import { EmptyPlate } from "../../chart/figure-plate.tsx";
import { useSpectrum } from "../../context/spectrum.ts";
import { isUnderWay } from "../../stores/job-status.ts";
import type { StreamedName } from "../../stores/measurements/list.ts";
import { StartButton } from "../plate-action.tsx";
import { measurementViews } from "./list.ts";

export function MeasurementPlace<Name extends StreamedName>({ name }: { readonly name: Name }) {
  const { measurements } = useSpectrum();
  const { Figure, invitation, isShown = hasParts } = measurementViews[name];
  const isThere = useStore(measurements[name], isShown);
  const status = useStore(measurements[name], (state) => state.status);
  if (isThere) return <Figure />;
  if (!invitation) return null;
  const { title, text, waiting = text, sketch } = invitation;
  return (
    <EmptyPlate title={title} sketch={sketch}>
      <p>{isUnderWay(status) ? waiting : text}</p>
      <StartButton id={name} />
    </EmptyPlate>
  );
}

const hasParts = ({ parts }: { readonly parts: readonly unknown[] }) => parts.length > 0;
