/** The surface in the plane of a trained curve: through both runs and the first control point, with the curve over it. */
import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import type { ModelCurve } from "../../experiment/comparison.ts";
import { EmptyPlate } from "../chart/figure-plate.tsx";
import { useCompare } from "../context/compare.ts";
import { Alert } from "../kit/alert.tsx";
import { formatValue } from "../kit/format.ts";
import { notifyFailure } from "../kit/notify.ts";
import type { CurveSubject } from "../stores/compare/curve.ts";
import { curveInPlane } from "./curve-in-plane.ts";
import { PlaneSizeSelect, usualPlaneSize } from "./plane-size-select.tsx";
import { PlaneView, usePlaneFigure } from "./plane-view.tsx";
import type { Pane } from "./use-panes.ts";

export interface CurvePlaneProps {
  readonly panes: readonly Pane[];
  readonly curve: ModelCurve;
  readonly subject: CurveSubject;
}

export function CurvePlane({ panes, curve, subject }: CurvePlaneProps) {
  const { plane, measurePlane } = useCompare().curve;
  const { status, message, result } = useStore(plane.place);
  const surfaceStatus = useStore(plane.surface, (state) => state.status);
  const figure = usePlaneFigure(plane);
  const [count, setCount] = useState(usualPlaneSize);
  const path = useMemo(() => (result ? curveInPlane(curve.request, result) : []), [curve, result]);
  const isRunning = status === "running" || surfaceStatus === "running" || surfaceStatus === "queued";
  const controls = (
    <>
      <PlaneSizeSelect label="Points per side of the curve's plane" value={count} onChange={setCount} />
      {isRunning ? (
        <Button variant="default" onClick={() => plane.cancel()}>
          Cancel
        </Button>
      ) : (
        <Button
          variant="default"
          onClick={() =>
            void measurePlane(curve, subject, count).catch(notifyFailure("The curve's plane could not be measured"))
          }
        >
          Measure surface
        </Button>
      )}
    </>
  );
  if (!figure || !result)
    return (
      <EmptyPlate title="Surface in the curve's plane">
        <p>
          {status === "running"
            ? "The plane is being laid through the curve; its surface is drawn as it is measured."
            : "The loss on the plane through both runs and the first control point, with the curve drawn over it."}
        </p>
        {status === "failed" && <Alert title="The curve's plane could not be measured">{message}</Alert>}
        <div className="compare-controls">{controls}</div>
      </EmptyPlate>
    );
  const farthest = Math.max(0, ...result.projected.map(({ offPlane }) => offPlane));
  return (
    <PlaneView
      name="curve"
      title="Surface in the curve's plane"
      plane={plane}
      panes={panes}
      controls={controls}
      place="on the plane of the curve through"
      note={
        farthest > 0
          ? `The line is the curve's projection: its other control points lie up to ${formatValue(farthest)} off the plane.`
          : "The line is the curve, which lies in the plane."
      }
      path={path}
    />
  );
}
