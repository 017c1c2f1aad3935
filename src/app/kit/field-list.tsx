/** Fields one below the other. */
import type { ReactNode } from "react";
import classes from "./field-list.module.css";

export function FieldList({ children }: { readonly children: ReactNode }) {
  return <div className={classes.list}>{children}</div>;
}
