/** Whether Basin computes right here. */
import { useStore } from "zustand";
import type { CheckRow } from "../../jobs/device-jobs.ts";
import { useSession } from "../context/session.ts";
import { Alert } from "../kit/alert.tsx";
import { formatValue } from "../kit/format.ts";
import { checkTimeWords, verdict } from "./check-words.ts";
import { RowRun } from "./row-run.tsx";

export function CheckSection() {
  const { device } = useSession();
  const check = useStore(device, (state) => state.check);
  const report = useStore(device, (state) => state.report);
  return (
    <section>
      <h2>Self-check</h2>
      <p>
        Losses, gradients and products with the Hessian on this device against the float64 reference, as relative errors
        of the whole vector. <span role="status">{checkTimeWords(report, check)}</span>
      </p>
      <RowRun
        table={check}
        startLabel="Run the self-check"
        onStart={() => void device.getState().runSelfCheck()}
        onStop={device.getState().stopSelfCheck}
      />
      {check.error && <Alert title="The self-check stopped">{check.error}</Alert>}
      <p role="status" style={{ margin: "10px 0 0" }}>
        {check.status === "complete" && <b>{verdict(check.rows)}</b>}
      </p>
      {check.rows.length > 0 && <CheckTable rows={check.rows} />}
    </section>
  );
}

function CheckTable({ rows }: { readonly rows: readonly CheckRow[] }) {
  return (
    <table className="data-table" style={{ marginTop: 12 }}>
      <caption>Relative errors against float64</caption>
      <thead>
        <tr>
          <th scope="col">Quantity</th>
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
            <td>{passed ? "within" : <b>beyond</b>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
