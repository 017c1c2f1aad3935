/** Fields whose text stands for no value: the setting keeps the one before, and what would use it waits until they are mended. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { ResultName } from "../../experiment/measurements/list.ts";

/** What a group of fields is settings of. */
export type FaultScope =
  | "experiment"
  | "surface"
  | "view"
  | "matrix"
  | ResultName
  | "compare-surface"
  | "compare-view"
  | "curve";

export interface FieldFault {
  readonly scope: FaultScope;
  /** The field's name on the page. */
  readonly name: string;
  /** What stands in it. */
  readonly found: string;
  /** What would do, as a sentence. */
  readonly remedy: string;
  /** The value in use meanwhile, as text. */
  readonly inUse: string;
}

export interface FaultState {
  /** Faults by the field's own id, in the order in which they went wrong. */
  readonly faults: ReadonlyMap<string, FieldFault>;
  /** Null once the field is mended or gone. */
  report(id: string, fault: FieldFault | null): void;
}

export type FaultStore = StoreApi<FaultState>;

export function createFaultStore(): FaultStore {
  return createStore<FaultState>((set, get) => ({
    faults: new Map(),
    report(id, fault) {
      if (fault === null && !get().faults.has(id)) return;
      const faults = new Map(get().faults);
      if (fault) faults.set(id, fault);
      else faults.delete(id);
      set({ faults });
    },
  }));
}

export const faultsOf = ({ faults }: FaultState, scopes: readonly FaultScope[]): readonly FieldFault[] =>
  [...faults.values()].filter(({ scope }) => scopes.includes(scope));

/** "Learning rate is 1e9. Give a number above 0 to 100." */
export const faultWords = (fault: FieldFault): string => `${whatIsWrong(fault)} ${fault.remedy}`;

export const whatIsWrong = ({ name, found }: FieldFault): string =>
  found.trim() === "" ? `${name} is empty.` : `${name} is ${found.trim()}.`;
