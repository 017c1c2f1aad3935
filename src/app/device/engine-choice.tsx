/** Which engine computes, why, and the choice of another. */
import { Select } from "@mantine/core";
import type { BackendChoice, DeviceReport } from "../../jobs/device-jobs.ts";
import { addressWith, choiceNames, engineNames } from "./engine-words.ts";

interface EngineChoiceProps {
  readonly report: DeviceReport;
  readonly choice: BackendChoice;
}

export function EngineChoice({ report, choice }: EngineChoiceProps) {
  return (
    <>
      <p>
        Basin computes with <b>{engineNames[report.backend]}</b>: {report.description}. {reasonOf(report)}
      </p>
      <Select
        label="Compute with"
        description="The page is loaded again with the engine that you choose; runs stay."
        value={choice}
        data={Object.entries(choiceNames).map(([value, label]) => ({ value, label }))}
        allowDeselect={false}
        w={300}
        mb={14}
        onChange={(next) => {
          if (next && next !== choice) location.assign(addressWith(next as BackendChoice, location.href));
        }}
      />
    </>
  );
}

function reasonOf({ reason }: DeviceReport): string {
  if (!reason) return "This engine was asked for.";
  return reason.kind === "unavailable" ? `WebGPU is not used. ${reason.text}` : reason.text;
}
