/** The panel's building blocks: a titled section, a row of label and control, a disclosure, a message. */
import { IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useId, useState } from "react";
import type { FaultScope } from "./fault-store.ts";
import { FieldScope } from "./field-faults.tsx";

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
    <section className="section" aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id}>{title}</h2>
        {aside !== undefined && <span className="section-aside">{aside}</span>}
        {menu}
      </div>
      {scope ? <FieldScope value={scope}>{children}</FieldScope> : children}
    </section>
  );
}

export interface FieldProps {
  readonly label: ReactNode;
  /** Id of the control, for a click on the label; without it the control carries its own name. */
  readonly htmlFor?: string;
  readonly children: ReactNode;
}

export function Field({ label, htmlFor, children }: FieldProps) {
  return (
    <div className="field">
      {htmlFor ? <label htmlFor={htmlFor}>{label}</label> : <span className="field-label">{label}</span>}
      {children}
    </div>
  );
}

export function Disclosure({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <button
        type="button"
        className="disclosure"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <IconChevronRight size={14} stroke={2} />
        {title}
      </button>
      <div id={id} hidden={!open} className="fields">
        {open && children}
      </div>
    </>
  );
}

export interface AlertProps {
  readonly title: string;
  readonly children: ReactNode;
}

export function Alert({ title, children }: AlertProps) {
  return (
    <div className="alert" role="alert">
      <strong>{title}</strong>
      {children}
    </div>
  );
}
