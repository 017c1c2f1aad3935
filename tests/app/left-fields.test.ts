import { expect, test } from "vitest";
import { createFaultStore } from "../../src/app/kit/fault-store.ts";
import { followLeftFields } from "../../src/app/shell/left-fields.ts";
import { createInterfaceStore } from "../../src/app/stores/interface-store.ts";

test("a field that is left without a value is told of as its page is left, with the value that is used", () => {
  const preferences = createInterfaceStore();
  const faults = createFaultStore();
  const told: string[] = [];
  followLeftFields(preferences, faults, (title, message) => told.push(`${title}: ${message}`));
  preferences.getState().set({ page: "spectrum" });
  expect(told).toEqual([]);
  const fault = {
    scope: "spectrum",
    name: "Top eigenpairs",
    found: "-3",
    remedy: "Give more.",
    inUse: "10",
  } as const;
  faults.getState().report("a", fault);
  preferences.getState().set({ keysOpen: true });
  expect(told).toEqual([]);
  preferences.getState().set({ page: "landscape" });
  expect(told).toEqual(["Not taken over: Top eigenpairs is -3. Give more. Until then 10 is used."]);
  faults.getState().report("a", null);
  preferences.getState().set({ page: "runs" });
  expect(told).toHaveLength(1);
});
