/** `explain`: the program of a specification and the plan by which a GPU would replay it. Nothing is run. */
import { type ExplainOptions, type Explanation, explainProgram } from "../../jobs/explain-program.ts";
import { readSpec } from "../inputs.ts";
import type { Session } from "../session.ts";

export interface ExplainCommandOptions extends Omit<ExplainOptions, "batchSize"> {
  /** The specification's own where absent. */
  readonly batch?: number;
  readonly json: boolean;
}

/** Resolves with the exit code. */
export async function explain(path: string, options: ExplainCommandOptions, session: Session): Promise<number> {
  const spec = await readSpec(path);
  const batchSize = options.batch ?? spec.training.batchSize;
  const explanation = explainProgram(spec, { ...options, batchSize });
  if (options.json) session.print(explanation);
  else session.printText(explanationText(explanation, { ...options, batchSize }));
  return 0;
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const counted = (counts: Readonly<Record<string, number>>): string => {
  const entries = Object.entries(counts).sort((a, b) => b[1] - a[1]);
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  return `${total} values: ${entries.map(([name, count]) => `${count} ${name}`).join(", ")}`;
};

export function explanationText(
  { kernels, traced, simplified, ...total }: Explanation,
  { program, batchSize, device }: ExplainOptions,
): string {
  const rows = kernels.map(({ label, launches, bilinearFlops, readBytes, writtenBytes }, index) =>
    [
      String(index).padStart(4),
      String(launches).padStart(8),
      megabytes(readBytes).padStart(10),
      megabytes(writtenBytes).padStart(10),
      (bilinearFlops > 0 ? `${(bilinearFlops / 1e9).toFixed(3)} G` : "").padStart(10),
      ` ${label}`,
    ].join(""),
  );
  return [
    `${program} of ${batchSize} images, ${total.parameters} parameters, planned for a ${device} device`,
    `traced      ${counted(traced)}`,
    `simplified  ${counted(simplified)}`,
    `work        ${(total.flops / 1e9).toFixed(3)} GFLOP, ${(total.bilinearFlops / 1e9).toFixed(3)} of them in convolutions and products`,
    `plan        ${total.storedValues} stored values, ${kernels.length} kernels, ${total.launches} launches, ${total.pipelines} pipelines`,
    `memory      ${megabytes(total.movedBytes)} moved, ${megabytes(total.temporaryBytes)} of temporaries`,
    "",
    `${"#".padStart(4)}${"launches".padStart(8)}${"reads".padStart(10)}${"writes".padStart(10)}${"FLOP".padStart(10)} kernel`,
    ...rows,
  ].join("\n");
}
