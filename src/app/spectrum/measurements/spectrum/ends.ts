/** The ends of a spectrum, and how indefinite it is. */
import type { Spectrum } from "../../../../experiment/curvature.ts";
import { formatCount, formatValue } from "../../../kit/format.ts";
import type { SummaryValue } from "../../measurement-view.ts";
import { isEstimated } from "../../words.ts";

export function ends({ eigenvalues, residuals, top, products, status }: Spectrum): SummaryValue[] {
  const count = eigenvalues.length;
  if (count === 0) return [];
  const error = (place: number) => `± ${formatValue(residuals[place], 2)}${isEstimated(status) ? ", estimated" : ""}`;
  const entries: (SummaryValue | false)[] = [
    top > 0 && { name: "Largest eigenvalue", value: formatValue(eigenvalues[0]), note: error(0) },
    top < count && { name: "Smallest eigenvalue", value: formatValue(eigenvalues[top]), note: error(top) },
    top > 0 &&
      top < count && {
        name: "|λmin / λmax|",
        value: formatValue(Math.abs(eigenvalues[top] / eigenvalues[0]), 3),
        note: eigenvalues[top] < 0 ? "indefinite" : "no negative curvature found",
      },
    { name: "Products", value: formatCount(products), note: `${count} pairs` },
  ];
  return entries.filter((entry) => entry !== false);
}
