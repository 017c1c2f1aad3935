/** A sentence or two in small type, about what stands above. */
import type { ReactNode } from "react";
import classes from "./note.module.css";

export interface NoteProps {
  readonly id?: string;
  /** "status" where it changes while one looks on. */
  readonly role?: "status";
  /** Under a field of the panel, whose rows stand apart already. */
  readonly isUnderField?: boolean;
  /** Keeps the height of a line while there is nothing to say. */
  readonly keepsLine?: boolean;
  /** Above it, in pixels. */
  readonly marginTop?: number;
  readonly children: ReactNode;
}

export function Note({ id, role, isUnderField = false, keepsLine = false, marginTop, children }: NoteProps) {
  return (
    <p
      id={id}
      role={role}
      className={classes.note}
      style={{ marginTop }}
      data-under-field={isUnderField}
      data-keeps-line={keepsLine}
    >
      {children}
    </p>
  );
}
