/** Whether the quadratic model is drawn over the loss, and how far it is. */
import { Switch, Tooltip, VisuallyHidden } from "@mantine/core";
import { useId } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { useLandscape } from "../context/landscape.ts";
import { useSession } from "../context/session.ts";
import { planeCurvatures } from "../figure/quadratic-model.ts";
import { knownCurvatures } from "../figure/treatment-words.ts";
import { Alert } from "../kit/alert.tsx";
import { Field } from "../kit/field.tsx";
import { formatValue } from "../kit/format.ts";
import { InlineAction } from "../kit/inline-action.tsx";
import { Note } from "../kit/note.tsx";
import { modelRefusal } from "../stores/plane.ts";
import { useHessianRefusal } from "./use-hessian-refusal.ts";

const explanation =
  "The loss as its exact gradient and Hessian at the centre would have it: f(0) + gᵀs + ½sᵀHs, a translucent surface over the measured one.";

export function QuadraticModelField() {
  const { settings } = useSession();
  const { metric, quadraticModel } = useStore(settings, (state) => state.current.view);
  const refusal = modelRefusal(metric, useHessianRefusal());
  const [id, note] = [useId(), useId()];
  return (
    <>
      <Field label="Quadratic model" htmlFor={id}>
        <Tooltip
          label={explanation}
          multiline
          w={260}
          position="left"
          events={{ hover: true, focus: true, touch: false }}
        >
          <Switch
            id={id}
            aria-describedby={note}
            disabled={refusal !== null}
            checked={quadraticModel && refusal === null}
            onChange={(event) => settings.getState().setView({ quadraticModel: event.currentTarget.checked })}
          />
        </Tooltip>
      </Field>
      {refusal ? (
        <Note isUnderField id={note}>
          {refusal}
        </Note>
      ) : (
        <div id={note}>
          {quadraticModel ? <ModelStatus /> : <VisuallyHidden component="p">{explanation}</VisuallyHidden>}
        </div>
      )}
    </>
  );
}

function ModelStatus() {
  const { planeModel, surface } = useLandscape();
  const { status, model, message, retry, cancel } = useStore(planeModel);
  const { surfaceStatus, measured, report } = useStore(
    surface,
    useShallow((state) => ({ surfaceStatus: state.status, measured: state.settings, report: state.report })),
  );
  const isLine = measured?.y === null;
  const known = measured ? knownCurvatures(measured, report) : [];
  if (status === "failed")
    return (
      <Alert title="The model could not be computed">
        {message} <InlineAction onClick={retry}>Try again</InlineAction>
      </Alert>
    );
  return (
    <Note isUnderField role="status">
      {status === "running" && (
        <>
          {surfaceStatus === "running" || surfaceStatus === "queued"
            ? "Waits for the surface to be measured. "
            : `Computing a gradient and ${isLine ? "a Hessian product" : "two Hessian products"}. `}
          <InlineAction onClick={cancel}>Cancel</InlineAction>
        </>
      )}
      {status === "cancelled" && (
        <>
          Cancelled before it was known. <InlineAction onClick={retry}>Compute</InlineAction>
        </>
      )}
      {status === "idle" &&
        (surfaceStatus === "idle" ? "Comes with the surface." : "Waits for the surface's directions.")}
      {status === "complete" && model && (
        <>
          Curvature in the plane:{" "}
          {isLine
            ? formatValue(model.hessian[0])
            : planeCurvatures(model)
                .map((curvature) => formatValue(curvature))
                .join(" and ")}
          {known.length > 0 &&
            `; of the solve ${known.map(({ name, eigenvalue }) => `${name} = ${formatValue(eigenvalue)}`).join(" and ")}`}
          .
        </>
      )}
    </Note>
  );
}
