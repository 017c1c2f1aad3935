/** Buttons in a row, the first as wide as the others leave. */
import type { ReactNode } from "react";
import classes from "./actions.module.css";

export interface ActionsProps {
  /** Above the row, in pixels. */
  readonly marginTop?: number;
  /** All of one width, or in the middle; the first takes the room by default. */
  readonly spread?: "equal" | "centred";
  readonly children: ReactNode;
}

export function Actions({ marginTop = 0, spread, children }: ActionsProps) {
  return (
    <div className={classes.actions} style={{ marginTop }} data-spread={spread}>
      {children}
    </div>
  );
}
