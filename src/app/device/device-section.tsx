/** The engine, why it is the one, and what it has to work with, as it changes. */
import { Button } from "@mantine/core";
import { useEffect } from "react";
import { useStore } from "zustand";
import type { DeviceReport } from "../../jobs/device-jobs.ts";
import { useSession } from "../context/session.ts";
import { Alert } from "../kit/alert.tsx";
import { adapterFacts, memoryWords, processorFacts, speedWords } from "./device-words.ts";
import { EngineChoice } from "./engine-choice.tsx";
import { FactTable } from "./fact-table.tsx";
import { formatLimit, limitTitle } from "./limits.ts";

export function DeviceSection() {
  const { device } = useSession();
  const { report, reportError, choice } = useStore(device);
  useEffect(() => device.getState().watch(), [device]);
  return (
    <section>
      <h1>Device</h1>
      {reportError && <Alert title="The device could not be described">{reportError}</Alert>}
      {!report && !reportError && <p>Looking at what this device offers …</p>}
      {report && (
        <>
          <EngineChoice report={report} choice={choice} />
          <Facts report={report} />
        </>
      )}
      <Button variant="default" mt={14} onClick={() => void device.getState().describe()}>
        Detect again
      </Button>
    </section>
  );
}

function Facts({ report }: { readonly report: DeviceReport }) {
  const { features, limits } = report;
  const adapter = adapterFacts(report);
  return (
    <>
      <FactTable
        caption="In use now"
        facts={[
          { name: "Memory in use", value: memoryWords(report) },
          { name: "Speed", value: speedWords(report) },
          ...processorFacts(report),
        ]}
      />
      {adapter.length > 0 && (
        <>
          <FactTable
            caption="Graphics adapter"
            facts={[...adapter, { name: "Features", value: features.join(", ") || "none of those that Basin uses" }]}
          />
          <FactTable
            caption="Limits"
            facts={Object.entries(limits).map(([name, value]) => ({
              name: limitTitle(name),
              value: formatLimit(name, value),
            }))}
          />
        </>
      )}
    </>
  );
}
