/** How fields report what is wrong in them, and how what would use them asks. */
import { createContext, useContext, useEffect, useId } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { type FaultScope, type FaultStore, type FieldFault, faultsOf } from "./fault-store.ts";

const Faults = createContext<FaultStore | null>(null);
const Scope = createContext<FaultScope | null>(null);

export const FaultsProvider = Faults.Provider;
/** Around the fields of one scope. */
export const FieldScope = Scope.Provider;

function useFaultStore(): FaultStore {
  const store = useContext(Faults);
  if (!store) throw new Error("There is no FaultsProvider above this component.");
  return store;
}

/** What is wrong in the fields of these scopes now. */
export function useFaults(...scopes: readonly FaultScope[]): readonly FieldFault[] {
  return useStore(
    useFaultStore(),
    useShallow((state) => faultsOf(state, scopes)),
  );
}

/** Reports while `remedy` is not null and the field is on the page. */
export function useReportFault(name: string, found: string, remedy: string | null, inUse: string): void {
  const store = useFaultStore();
  const scope = useContext(Scope);
  const id = useId();
  useEffect(() => {
    if (scope) store.getState().report(id, remedy === null ? null : { scope, name, found, remedy, inUse });
  }, [store, scope, id, name, found, remedy, inUse]);
  useEffect(() => () => store.getState().report(id, null), [store, id]);
}
