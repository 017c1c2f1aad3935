/**
 * The surface as ParaView's PolyData in XML (.vtp): points (α, β, value) in the values' own units, unscaled and unclipped, with
 * loss, its standard error and accuracy at every point.
 */
import { metricAt } from "../../figure/metric.ts";
import type { Figure } from "../../stores/figure-store.ts";
import { surfaceMesh } from "./surface-mesh.ts";

export function surfaceToVtp(figure: Pick<Figure, "grid" | "metric">): string {
  const { grid, metric } = figure;
  const { cells, triangles } = surfaceMesh(figure);
  const place = (cell: number) => [grid.alpha[cell % grid.columns], grid.beta[Math.floor(cell / grid.columns)]];
  const points = cells.flatMap((cell) => [...place(cell), metricAt(grid, metric, cell)]);
  const count = triangles.length / 3;
  const values = (name: string, data: Float64Array) =>
    dataArray(
      "Float64",
      name,
      1,
      cells.map((cell) => data[cell]),
    );
  return `<?xml version="1.0"?>
<VTKFile type="PolyData" version="1.0" byte_order="LittleEndian">
<PolyData>
<Piece NumberOfPoints="${cells.length}" NumberOfPolys="${count}" NumberOfVerts="0" NumberOfLines="0" NumberOfStrips="0">
<PointData Scalars="${metric === "accuracy" ? "accuracy" : "loss"}">
${values("loss", grid.loss)}
${values("lossError", grid.lossError)}
${values("accuracy", grid.accuracy)}
</PointData>
<Points>
${dataArray("Float64", "points", 3, points)}
</Points>
<Polys>
${dataArray("Int32", "connectivity", 1, triangles)}
${dataArray(
  "Int32",
  "offsets",
  1,
  Array.from({ length: count }, (_, index) => 3 * (index + 1)),
)}
</Polys>
</Piece>
</PolyData>
</VTKFile>
`;
}

/** VTK reads "nan" where a value is missing. */
const text = (value: number) =>
  Number.isFinite(value) ? String(value) : Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";

const dataArray = (type: string, name: string, components: number, values: readonly number[]) =>
  `<DataArray type="${type}" Name="${name}" NumberOfComponents="${components}" format="ascii">\n${values.map(text).join(" ")}\n</DataArray>`;
