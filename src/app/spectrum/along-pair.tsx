/** A form that goes from eigenvectors to the surface along two of them, in one press. */
import { Button, Select } from "@mantine/core";
import { useStore } from "zustand";
import type { Spectrum } from "../../experiment/curvature.ts";
import { useLandscape } from "../context/landscape.ts";
import { useSession } from "../context/session.ts";
import { useSpectrum } from "../context/spectrum.ts";
import { pairName, pairNumber } from "../figure/pair-name.ts";
import { eigenPlane } from "../stores/eigen-plane.ts";
import type { SurfaceSource } from "../stores/surface-source.ts";

export interface AlongPairProps {
  readonly spectrum: Spectrum;
  readonly source: SurfaceSource;
}

export function AlongPair({ spectrum, source }: AlongPairProps) {
  const { settings, preferences } = useSession();
  const { surface } = useLandscape();
  const { spectrumView } = useSpectrum();
  const along = useStore(spectrumView, (state) => state.along);
  const { top, vectors } = spectrum;
  if (vectors.length < 2) return null;
  const [first, second] = along.every((place) => place < vectors.length) ? along : ([0, 1] as const);
  const options = vectors.map((_, place) => ({
    value: String(place),
    label: pairName(pairNumber(place, top), "v"),
  }));
  const choose = (pair: readonly [number, number]) => spectrumView.getState().set({ along: pair });
  const show = () => {
    const pair = [pairNumber(first, top), pairNumber(second, top)] as const;
    const { current } = settings.getState();
    settings.getState().setSurface(eigenPlane(spectrum, pair, source.weights.theta, current.surface));
    preferences.getState().set({ page: "landscape", plate: "surface" });
    surface.getState().measure(source, settings.getState().current.surface);
  };
  const without = (place: number) => options.filter(({ value }) => value !== String(place));
  return (
    <div className="along-pair">
      <Select
        aria-label="Eigenvector along α"
        value={String(first)}
        data={without(second)}
        onChange={(value) => choose([Number(value), second])}
        w={72}
      />
      <Select
        aria-label="Eigenvector along β"
        value={String(second)}
        data={without(first)}
        onChange={(value) => choose([first, Number(value)])}
        w={72}
      />
      <Button onClick={show}>Surface along this pair</Button>
    </div>
  );
}
