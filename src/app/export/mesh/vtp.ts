/**
 * The surface as ParaView's PolyData in XML (.vtp): points (α, β, value) in the values' own units, unscaled and unclipped, with
 * loss, its standard error and accuracy at every point. A path is a second piece, one line through its points.
 */
import type { Figure } from "../../figure/figure.ts";
import { type FigurePath, pathValue } from "../../figure/figure-path.ts";
import { type Metric, metricAt } from "../../figure/metric.ts";
import { surfaceMesh } from "./surface-mesh.ts";

export function surfaceToVtp(figure: Pick<Figure, "grid" | "metric"> & Partial<Pick<Figure, "path">>): string {
  const { grid, metric, path } = figure;
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
${path ? unknownOfPath(cells.length) : ""}</PointData>
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
${path ? pathPiece(path, metric) : ""}</PolyData>
</VTKFile>
`;
}

/** Every piece of a file has the same arrays. */
const unknownOfPath = (count: number) =>
  ["step", "offPlane"]
    .map(
      (name) =>
        `${dataArray(
          "Float64",
          name,
          1,
          Array.from({ length: count }, () => Number.NaN),
        )}\n`,
    )
    .join("");

/** The measured points of the path joined to one line, each at its own value. */
function pathPiece(path: FigurePath, metric: Metric): string {
  const indices = Array.from(path.step.keys()).filter(
    (index) => path.measured[index] && Number.isFinite(pathValue(path, metric, index)),
  );
  const points = indices.flatMap((index) => [path.alpha[index], path.beta[index], pathValue(path, metric, index)]);
  const values = (name: "loss" | "lossError" | "accuracy" | "step" | "offPlane") =>
    dataArray(
      "Float64",
      name,
      1,
      indices.map((index) => path[name][index]),
    );
  return `<Piece NumberOfPoints="${indices.length}" NumberOfPolys="0" NumberOfVerts="0" NumberOfLines="${indices.length > 1 ? 1 : 0}" NumberOfStrips="0">
<PointData Scalars="${metric === "accuracy" ? "accuracy" : "loss"}">
${(["loss", "lossError", "accuracy", "step", "offPlane"] as const).map(values).join("\n")}
</PointData>
<Points>
${dataArray("Float64", "points", 3, points)}
</Points>
<Lines>
${dataArray("Int32", "connectivity", 1, [...indices.keys()])}
${dataArray("Int32", "offsets", 1, indices.length > 1 ? [indices.length] : [])}
</Lines>
</Piece>
`;
}

/** VTK reads "nan" where a value is missing. */
const text = (value: number) =>
  Number.isFinite(value) ? String(value) : Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";

const dataArray = (type: string, name: string, components: number, values: readonly number[]) =>
  `<DataArray type="${type}" Name="${name}" NumberOfComponents="${components}" format="ascii">\n${values.map(text).join(" ")}\n</DataArray>`;
