/** A titled section of the panel. */
import { type ReactNode, useId } from "react";
import type { FaultScope } from "./fault-store.ts";
import { FieldScope } from "./field-faults.tsx";
import classes from "./section.module.css";

export interface SectionProps {
  readonly title: string;
  /** What its fields are settings of. */
  readonly scope?: FaultScope;
  /** Status at the right. */
  readonly aside?: ReactNode;
  readonly menu?: ReactNode;
  readonly children: ReactNode;
}

export function Section({ title, scope, aside, menu, children }: SectionProps) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 id={id}>{title}</h2>
        {aside !== undefined && (
          <span className={classes.aside} data-testid="section-status">
            {aside}
          </span>
        )}
        {menu}
      </div>
      {scope ? <FieldScope value={scope}>{children}</FieldScope> : children}
    </section>
  );
}
