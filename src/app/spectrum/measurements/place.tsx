/** A measurement's place on the sheet: its figure, or what stands where it will be. */
import { useStore } from "zustand";
import { EmptyPlate } from "../../chart/figure-plate.tsx";
import { useSpectrum } from "../../context/spectrum.ts";
import type { StreamedName } from "../../stores/measurements/list.ts";
import type { MeasurementStore } from "../../stores/spectrum/measurement-store.ts";
import type { MeasurementId } from "../begin-measurement.ts";
import { StartButton } from "../plate-action.tsx";
import { EigenpairsPlace } from "./eigenpairs/place.tsx";
import { viewOf } from "./list.ts";

export const MeasurementPlace = ({ id }: { readonly id: MeasurementId }) =>
  id === "eigenpairs" ? <EigenpairsPlace /> : <StreamedPlace name={id} />;

function StreamedPlace<Name extends StreamedName>({ name }: { readonly name: Name }) {
  const { measurements } = useSpectrum();
  const store = measurements[name] as unknown as MeasurementStore<Name, unknown>;
  const hasParts = useStore(store, ({ parts }) => parts.length > 0);
  const { Figure, invitation } = viewOf(name);
  if (hasParts) return <Figure />;
  if (!invitation) return null;
  return (
    <EmptyPlate title={invitation.title} sketch={invitation.sketch}>
      <p>{invitation.text}</p>
      <StartButton id={name} />
    </EmptyPlate>
  );
}
