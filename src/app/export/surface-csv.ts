/** A surface as comma-separated values, one measured point a line; gaps are left out, non-finite values are spelled. */
import type { SurfaceValues } from "../../experiment/surface.ts";

export function surfaceCsv(values: SurfaceValues): string {
  const lines = ["alpha,beta,loss,loss_standard_error,accuracy"];
  for (let cell = 0; cell < values.columns * values.rows; cell++) {
    if (!values.measured[cell]) continue;
    const alpha = values.alpha[cell % values.columns]!;
    const beta = values.beta[Math.floor(cell / values.columns)]!;
    lines.push([alpha, beta, values.loss[cell], values.lossError[cell], values.accuracy[cell]].map(plain).join(","));
  }
  return `${lines.join("\n")}\n`;
}

function plain(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return "nan";
  return Number.isFinite(value) ? String(value) : value > 0 ? "inf" : "-inf";
}
