/** Says which fields of a page that is left stood for no value: what other pages do with their settings takes the value before. */
import { type FaultStore, faultWords } from "../kit/fault-store.ts";
import type { InterfaceStore } from "../stores/interface-store.ts";

export function followLeftFields(
  preferences: InterfaceStore,
  faults: FaultStore,
  tell: (title: string, message: string) => void,
): void {
  preferences.subscribe((now, before) => {
    if (now.page === before.page) return;
    // The page's fields are there until React has drawn the next one.
    for (const fault of faults.getState().faults.values())
      tell("Not taken over", `${faultWords(fault)} Until then ${fault.inUse || "none"} is used.`);
  });
}
