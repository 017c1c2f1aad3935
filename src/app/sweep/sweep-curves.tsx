/** Loss of all runs of a sweep over their epochs, one above another. */
import { SegmentedControl, Switch } from "@mantine/core";
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import { CurvePlot, type CurveStyle } from "../chart/curve-plot.tsx";
import { useSession } from "../context/session.ts";
import { useSweepColours } from "./sweep-colours.ts";
import { type LossName, lossColumnsOf } from "./sweep-columns.ts";

const lossNames: readonly { readonly value: LossName; readonly label: string }[] = [
  { value: "trainLoss", label: "Training" },
  { value: "testLoss", label: "Test" },
];

export function SweepCurves() {
  const { sweep, preferences } = useSession();
  const items = useStore(sweep, (state) => state.items);
  const log = useStore(preferences, (state) => state.curveLog);
  const [loss, setLoss] = useState<LossName>("trainLoss");
  const colours = useSweepColours(items.length);
  const styles = useMemo(
    () => colours.map((colour): CurveStyle => ({ ink: "ink", colour, width: 1.5, points: true })),
    [colours],
  );
  const epochs = items.map((item) => item.epochs);
  const key = epochs.map(({ length }) => length).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a run's epochs only grow; progress between them changes nothing
  const columns = useMemo(() => lossColumnsOf(epochs, loss), [key, loss]);
  const begun = epochs.filter(({ length }) => length > 0).length;
  const lastEpoch = items[0]?.run.spec.training.epochs ?? 1;
  const name = loss === "trainLoss" ? "Training loss" : "Test loss";
  return (
    <div className="curves">
      <div className="curves-head">
        <SegmentedControl
          aria-label="Loss drawn"
          data={[...lossNames]}
          value={loss}
          onChange={(value) => setLoss(value === "testLoss" ? "testLoss" : "trainLoss")}
        />
        <span>over epochs</span>
        <Switch
          ml="auto"
          label="log"
          aria-label="Log axis of the sweep's loss"
          checked={log}
          onChange={(event) => preferences.getState().set({ curveLog: event.currentTarget.checked })}
        />
      </div>
      <div className="curves-stack">
        <CurvePlot
          columns={columns}
          styles={styles}
          log={log}
          lastStep={lastEpoch}
          className="curves-plot"
          visible={begun > 0}
          label={`${name} after every epoch, a line for each of ${begun} runs; the table below has the last values.`}
        />
        {begun === 0 && <p className="curves-plot curves-empty">Losses are drawn here after every epoch.</p>}
      </div>
    </div>
  );
}
