/** Several runs of one experiment, trained one after another. */
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { useSession } from "../context/session.ts";
import { Disclosure } from "../kit/disclosure.tsx";
import { Section } from "../kit/section.tsx";
import "../styles/sweep.css";
import { isOpen } from "../stores/sweep/item.ts";
import type { SweepStatus } from "../stores/sweep/sweep-store.ts";
import { SweepForm } from "./sweep-form.tsx";
import { SweepResults } from "./sweep-results.tsx";

const statusNames: Readonly<Record<SweepStatus, string>> = {
  none: "",
  running: "training",
  stopping: "cancelling",
  interrupted: "can go on",
  elsewhere: "in another tab",
  ended: "ended",
};

/** `collapsed`: before a sweep is started its settings are behind a disclosure. */
export function SweepSection({ collapsed = false }: { readonly collapsed?: boolean }) {
  const { status, waiting, hasRuns } = useStore(
    useSession().sweep,
    useShallow((state) => ({
      status: state.status,
      waiting: state.items.filter(isOpen).length,
      hasRuns: state.items.length > 0,
    })),
  );
  const aside = status === "running" && waiting > 0 ? `${waiting} to go` : statusNames[status];
  const form = collapsed ? (
    <Disclosure title="Choose what differs">
      <SweepForm />
    </Disclosure>
  ) : (
    <SweepForm />
  );
  return (
    <Section title="Train several" aside={aside}>
      {hasRuns ? <SweepResults /> : form}
    </Section>
  );
}
