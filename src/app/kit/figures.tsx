/** Numbers in columns, each under its name. */
import type { ReactNode } from "react";
import classes from "./figures.module.css";

export interface FiguresProps {
  readonly columns?: 2 | 3;
  /** Pairs of dt and dd, each in a div. */
  readonly children: ReactNode;
}

export function Figures({ columns = 3, children }: FiguresProps) {
  return (
    <dl className={classes.figures} style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }} data-testid="figures">
      {children}
    </dl>
  );
}
