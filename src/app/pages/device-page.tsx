/** What this machine offers, whether Basin computes right on it, and how fast it is beside stock TensorFlow.js. */
import { Button } from "@mantine/core";
import { useStore } from "zustand";
import type { BackendChoice, BenchmarkRow, CheckRow, DeviceReport } from "../../jobs/device-jobs.ts";
import { useSession } from "../context/session.ts";
import { EngineChoice } from "../device/engine-choice.tsx";
import { formatBytes, formatCount, formatValue } from "../kit/format.ts";
import { Alert } from "../kit/section.tsx";

export default function DevicePage() {
  const { device } = useSession();
  const state = useStore(device);
  return (
    <main className="device-page" id="main" tabIndex={-1}>
      <div className="device-inner">
        <section>
          <h1>Device</h1>
          {state.reportError && <Alert title="The device could not be described">{state.reportError}</Alert>}
          {state.report ? (
            <Report report={state.report} choice={state.choice} />
          ) : (
            !state.reportError && <p>Looking at what this device offers …</p>
          )}
          <Button variant="default" onClick={() => void device.getState().describe()}>
            Look again
          </Button>
        </section>
        <section>
          <h2>Self-check</h2>
          <p>
            Losses, gradients and products on this device against the float64 reference, as relative errors of the whole
            vector.
          </p>
          <Button
            loading={state.checkStatus === "running"}
            variant="default"
            onClick={() => void device.getState().runSelfCheck()}
          >
            Run the self-check
          </Button>
          {state.checkError && <Alert title="The self-check stopped">{state.checkError}</Alert>}
          {state.checks.length > 0 && <CheckTable rows={state.checks} />}
        </section>
        <section>
          <h2>Benchmark</h2>
          <p>
            The same work in Basin and in stock TensorFlow.js on this device, median times. It takes a minute or two.
          </p>
          <Button
            loading={state.benchmarkStatus === "running"}
            variant="default"
            onClick={() => void device.getState().runBenchmark()}
          >
            Run the benchmark
          </Button>
          {state.benchmarkError && <Alert title="The benchmark stopped">{state.benchmarkError}</Alert>}
          {state.benchmark.length > 0 && <BenchmarkTable rows={state.benchmark} />}
        </section>
      </div>
    </main>
  );
}

function Report({ report, choice }: { readonly report: DeviceReport; readonly choice: BackendChoice }) {
  return (
    <>
      <EngineChoice report={report} choice={choice} />
      <table className="data-table" style={{ marginBottom: 14 }}>
        <caption className="visually-hidden">What the device offers</caption>
        <tbody>
          <Row
            name="Memory in use"
            value={`${formatBytes(report.memoryBytes)}, at most ${formatBytes(report.peakMemoryBytes)} so far`}
          />
          {Object.entries(report.adapter ?? {}).map(([name, value]) => (
            <Row key={name} name={sentence(name)} value={value || "not told"} />
          ))}
          <Row name="Features" value={report.features.join(", ") || "none"} />
          {Object.entries(report.limits).map(([name, value]) => (
            <Row
              key={name}
              name={sentence(name)}
              value={/size/i.test(name) ? `${formatBytes(value)}` : formatCount(value)}
            />
          ))}
        </tbody>
      </table>
    </>
  );
}

function Row({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{value}</td>
    </tr>
  );
}

/** maxBufferSize → Max buffer size. */
function sentence(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words[0].toUpperCase() + words.slice(1);
}

function CheckTable({ rows }: { readonly rows: readonly CheckRow[] }) {
  return (
    <table className="data-table" style={{ marginTop: 12 }}>
      <caption>Relative errors against float64</caption>
      <thead>
        <tr>
          <th scope="col">Figure</th>
          <th scope="col" className="number">
            Error
          </th>
          <th scope="col" className="number">
            Bound
          </th>
          <th scope="col">Result</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, error, bound, passed }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="number">{formatValue(error, 2)}</td>
            <td className="number">{formatValue(bound, 1)}</td>
            <td>{passed ? "within the bound" : <b>beyond the bound</b>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function BenchmarkTable({ rows }: { readonly rows: readonly BenchmarkRow[] }) {
  return (
    <table className="data-table" style={{ marginTop: 12 }}>
      <caption>Median times; a ratio above 1 means that Basin is faster</caption>
      <thead>
        <tr>
          <th scope="col">Work</th>
          <th scope="col" className="number">
            Basin
          </th>
          <th scope="col" className="number">
            TensorFlow.js
          </th>
          <th scope="col" className="number">
            Ratio
          </th>
          <th scope="col">Note</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, basinMs, tfjsMs, note }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="number">{formatValue(basinMs, 3)} ms</td>
            <td className="number">{tfjsMs === null ? "cannot" : `${formatValue(tfjsMs, 3)} ms`}</td>
            <td className="number">{tfjsMs === null ? "–" : `${formatValue(tfjsMs / basinMs, 2)}×`}</td>
            <td>{note}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
