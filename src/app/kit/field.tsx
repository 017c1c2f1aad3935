/** A row of the panel: a label and its control. */
import type { CSSProperties, ReactNode } from "react";
import classes from "./field.module.css";

export interface FieldProps {
  readonly label: ReactNode;
  /** Id of the control, for a click on the label; without it the control carries its own name. */
  readonly htmlFor?: string;
  /** Widths of the label and the control, as columns of a grid. */
  readonly columns?: CSSProperties["gridTemplateColumns"];
  readonly children: ReactNode;
}

export function Field({ label, htmlFor, columns, children }: FieldProps) {
  return (
    <div className={classes.field} style={{ gridTemplateColumns: columns }}>
      {htmlFor ? <label htmlFor={htmlFor}>{label}</label> : <span className={classes.label}>{label}</span>}
      {children}
    </div>
  );
}
