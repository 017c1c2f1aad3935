/** One eigenvector: the share of its square in every layer, and within a layer in every filter. */
import { Select } from "@mantine/core";
import { useMemo } from "react";
import { useStore } from "zustand";
import { eigenvectorEnergy, type LayerEnergy } from "../../../../curvature/eigenvector-energy.ts";
import type { Spectrum } from "../../../../experiment/curvature.ts";
import type { Layout } from "../../../../models/layout.ts";
import type { DataTable } from "../../../chart/data-table.ts";
import { FigurePlate } from "../../../chart/figure-plate.tsx";
import { useSpectrum } from "../../../context/spectrum.ts";
import { pairName, pairNumber } from "../../../figure/pair-name.ts";
import { formatPercent, formatValue } from "../../../kit/format.ts";
import { layoutKey } from "../../../stores/spectrum/layout-store.ts";
import type { SurfaceSource } from "../../../stores/surface-source.ts";
import { curvatureCaption, solveWords, subjectOf } from "../../words.ts";
import { EnergyDrawing } from "./energy-drawing.tsx";

export function EigenvectorFigure() {
  const { measurements, tensorLayouts } = useSpectrum();
  const { spectrum } = measurements;
  const result = useStore(spectrum, (state) => state.result);
  const source = useStore(spectrum, (state) => state.source);
  const layouts = useStore(tensorLayouts, (state) => state.layouts);
  const found = source ? layouts[layoutKey(source.spec)] : undefined;
  if (!result || !source || !found || result.vectors.length === 0) return null;
  return <Inspector spectrum={result} source={source} layout={found} />;
}

interface InspectorProps {
  readonly spectrum: Spectrum;
  readonly source: SurfaceSource;
  readonly layout: Layout;
}

function Inspector({ spectrum, source, layout }: InspectorProps) {
  const { spectrumView } = useSpectrum();
  const { pair, layer, set } = useStore(spectrumView);
  const { vectors, eigenvalues, top, tolerance, report } = spectrum;
  const place = Math.min(pair, vectors.length - 1);
  const layers = useMemo(() => eigenvectorEnergy(layout, vectors[place]), [layout, vectors, place]);
  const most = layers.reduce((a, b) => (b.energy > a.energy ? b : a));
  const shown = layers.find(({ name }) => name === layer) ?? most;
  const name = (of: number) => pairName(pairNumber(of, top), "v");
  const caption = curvatureCaption(`Eigenvector ${name(place)}`, subjectOf(source, report.request, report), [
    `λ = ${formatValue(eigenvalues[place])}; ${solveWords(top, eigenvalues.length - top, tolerance)}`,
    `Share of ‖v‖² in each layer, and in each output channel of ${shown.name}; all shares sum to 1.`,
    report.request.filterScaled ? "The vector is that of the scaled matrix." : "",
  ]);
  const summary = `${name(place)}: ${formatPercent(most.energy)} of its energy in ${most.name}. ${layers
    .map(({ name: of, energy }) => `${of} ${formatPercent(energy)}`)
    .join(", ")}.`;
  return (
    <FigurePlate
      title="An eigenvector, layer by layer"
      name={`eigenvector-${pairNumber(place, top)}`}
      controls={
        <div className="along-pair">
          <Select
            aria-label="Eigenvector"
            value={String(place)}
            data={vectors.map((_, of) => ({ value: String(of), label: name(of) }))}
            onChange={(value) => set({ pair: Number(value) })}
            w={76}
          />
          <Select
            aria-label="Layer"
            value={shown.name}
            data={layers.map((of) => of.name)}
            onChange={(value) => set({ layer: value })}
            w={140}
          />
        </div>
      }
      caption={caption}
      summary={summary}
      table={() => energyTable(layers)}
    >
      {(width) => (
        <EnergyDrawing width={width} layers={layers} shown={shown} onChoose={(chosen) => set({ layer: chosen })} />
      )}
    </FigurePlate>
  );
}

function energyTable(layers: readonly LayerEnergy[]): DataTable {
  return {
    columns: [
      { key: "layer", title: "Layer" },
      { key: "tensor", title: "Tensor" },
      { key: "filter", title: "Channel" },
      { key: "energy", title: "Share of ‖v‖²" },
    ],
    rows: layers.flatMap(({ name, tensors }) =>
      tensors.flatMap((tensor) => Array.from(tensor.filters, (energy, filter) => [name, tensor.name, filter, energy])),
    ),
  };
}
