/** How fast Basin is here, beside stock TensorFlow.js where that can do the same. */
import { useStore } from "zustand";
import type { BenchmarkRow } from "../../jobs/device-jobs.ts";
import { useSession } from "../context/session.ts";
import { Alert } from "../kit/alert.tsx";
import { formatValue } from "../kit/format.ts";
import { durationWords } from "./benchmark-words.ts";
import { RowRun } from "./row-run.tsx";

export function BenchmarkSection() {
  const { device } = useSession();
  const benchmark = useStore(device, (state) => state.benchmark);
  const report = useStore(device, (state) => state.report);
  return (
    <section>
      <h2>Benchmark</h2>
      <p>
        The same work in Basin and, where it is supported, in stock TensorFlow.js on this device, median times.{" "}
        {durationWords(report, benchmark.seconds)}
      </p>
      <RowRun
        table={benchmark}
        startLabel="Run the benchmark"
        onStart={() => void device.getState().runBenchmark()}
        onStop={device.getState().stopBenchmark}
      />
      {benchmark.error && <Alert title="The benchmark stopped">{benchmark.error}</Alert>}
      {benchmark.rows.length > 0 && <BenchmarkTable rows={benchmark.rows} />}
    </section>
  );
}

function BenchmarkTable({ rows }: { readonly rows: readonly BenchmarkRow[] }) {
  const isCompared = rows.some(({ tfjsMs }) => tfjsMs !== null);
  return (
    <table className="data-table" style={{ marginTop: 12 }}>
      <caption>{isCompared ? "Median times; a ratio above 1 means that Basin is faster" : "Median times"}</caption>
      <thead>
        <tr>
          <th scope="col">Work</th>
          <th scope="col" className="number">
            Basin
          </th>
          {isCompared && (
            <>
              <th scope="col" className="number">
                TensorFlow.js
              </th>
              <th scope="col" className="number">
                Ratio
              </th>
            </>
          )}
          <th scope="col">Note</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, basinMs, tfjsMs, note }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="number">{formatValue(basinMs, 3)} ms</td>
            {isCompared && (
              <>
                <td className="number">{tfjsMs === null ? "not supported" : `${formatValue(tfjsMs, 3)} ms`}</td>
                <td className="number">{tfjsMs === null ? "–" : `${formatValue(tfjsMs / basinMs, 2)}×`}</td>
              </>
            )}
            <td>{note}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
