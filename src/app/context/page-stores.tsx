/** The stores of every page, made once: each page's maker is given by name what it takes of the others. */
import type { ReactNode } from "react";
import { FaultsProvider } from "../kit/field-faults.tsx";
import type { Settings } from "../stores/settings/settings.ts";
import { type ComparePageStores, CompareProvider, createComparePageStores } from "./compare.ts";
import { createLandscapeStores, LandscapeProvider, type LandscapeStores } from "./landscape.ts";
import { createRunsPageStores, type RunsPageStores, RunsProvider } from "./runs.ts";
import type { Services } from "./services.ts";
import { createSessionStores, SessionProvider, type SessionStores } from "./session.ts";
import { createSpectrumStores, SpectrumProvider, type SpectrumStores } from "./spectrum.ts";

export interface PageStores {
  readonly session: SessionStores;
  readonly landscape: LandscapeStores;
  readonly spectrum: SpectrumStores;
  readonly runs: RunsPageStores;
  readonly compare: ComparePageStores;
}

export interface PageStoresOptions {
  readonly services: Services;
  readonly initial: Settings;
  readonly onError: (error: unknown) => void;
}

export function createPageStores({ services, initial, onError }: PageStoresOptions): PageStores {
  const session = createSessionStores({ services, initial, onError });
  const spectrum = createSpectrumStores(session);
  return {
    session,
    spectrum,
    landscape: createLandscapeStores({
      session,
      spectrum: spectrum.measurements.spectrum,
      readExample: services.readExample,
      onError,
    }),
    runs: createRunsPageStores(session),
    compare: createComparePageStores({ session, openComparisons: services.openComparisons, onError }),
  };
}

interface StoresProviderProps {
  readonly stores: PageStores;
  readonly children: ReactNode;
}

export function StoresProvider({ stores, children }: StoresProviderProps) {
  return (
    <SessionProvider value={stores.session}>
      <FaultsProvider value={stores.session.faults}>
        <LandscapeProvider value={stores.landscape}>
          <SpectrumProvider value={stores.spectrum}>
            <RunsProvider value={stores.runs}>
              <CompareProvider value={stores.compare}>{children}</CompareProvider>
            </RunsProvider>
          </SpectrumProvider>
        </LandscapeProvider>
      </FaultsProvider>
    </SessionProvider>
  );
}
