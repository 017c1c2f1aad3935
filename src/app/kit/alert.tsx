/** What went wrong, or what stands in the way, with what would do. */
import { Alert as MantineAlert } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./alert.module.css";

export interface AlertProps {
  readonly title: string;
  /** Around it where it does not stand in a section of the panel, as in CSS. */
  readonly margin?: string;
  readonly children: ReactNode;
}

export function Alert({ title, margin, children }: AlertProps) {
  return (
    <MantineAlert title={title} classNames={classes} style={{ margin }}>
      {children}
    </MantineAlert>
  );
}
