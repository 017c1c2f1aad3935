/** A mathematical symbol in the text: italic serif, as in print. */
import type { ReactNode } from "react";
import classes from "./symbol.module.css";

export function Sym({ children }: { readonly children: ReactNode }) {
  return <i className={classes.symbol}>{children}</i>;
}
