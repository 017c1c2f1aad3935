/** What has been measured on the page so far, of whichever measurement. */
import { useMemo, useSyncExternalStore } from "react";
import type { JobResult } from "../../jobs/jobs.ts";
import { type SpectrumStores, useSpectrum } from "../context/spectrum.ts";
import { type StreamedName, streamedNames } from "../stores/measurements/list.ts";

export type SpectrumResult = JobResult<StreamedName>;

/** The results, in the order of the page. */
export function useSpectrumResults(): readonly SpectrumResult[] {
  const stores = useSpectrum();
  const { subscribe, current } = useMemo(() => resultsOf(stores), [stores]);
  return useSyncExternalStore(subscribe, current);
}

function resultsOf({ measurements }: SpectrumStores) {
  const stores = streamedNames.map((name) => measurements[name]);
  const read = () => stores.map((store): SpectrumResult | null => store.getState().result);
  let seen = read();
  let results = seen.filter((result) => result !== null);
  return {
    subscribe(listener: () => void) {
      const ends = stores.map((store) => store.subscribe(listener));
      return () => {
        for (const end of ends) end();
      };
    },
    /** The same list until a result is another. */
    current() {
      const now = read();
      if (now.some((result, index) => result !== seen[index])) {
        seen = now;
        results = now.filter((result) => result !== null);
      }
      return results;
    },
  };
}
