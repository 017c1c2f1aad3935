/** Puts the page into an element with the services given: the product's, or a test's. */
import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { createPageStores, type PageStores } from "./context/page-stores.tsx";
import type { Services } from "./context/services.ts";
import { followOtherTabs } from "./follow-tabs.ts";
import { clearFailure, notify, notifyFailure } from "./kit/notify.ts";
import { openStores } from "./open-stores.ts";
import { loadPagesWhenIdle } from "./pages/lazy-pages.ts";
import { followLeftFields } from "./shell/left-fields.ts";
import { showEndedSweep } from "./show-sweep.ts";
import { followAddress } from "./stores/address.ts";
import { checkpointWhenHidden } from "./stores/leaving.ts";
import { decodeLink, type Link, namesExperiment, pageOf } from "./stores/settings/link.ts";
import { defaultSettings } from "./stores/settings/settings.ts";
import { adoptThemeVariables } from "./theme-variables.ts";

export function mountApp(element: HTMLElement, services: Services): PageStores {
  const { link, fault } = linkOfAddress();
  const stores = createPageStores({
    services,
    initial: link.settings,
    onError: notifyFailure("The run could not be kept in this browser"),
  });
  checkpointWhenHidden(() => {
    stores.session.training.getState().checkpointNow();
    stores.session.sweep.getState().checkpointNow();
  });
  showEndedSweep(stores, notifyFailure("The sweep's runs could not be shown side by side"));
  followOtherTabs(stores, notifyFailure("What another tab has done could not be shown"));
  followLeftFields(stores.session.preferences, stores.session.faults, notify);
  adoptThemeVariables(element.ownerDocument);
  const root = createRoot(element);
  // In slices of a few milliseconds: what comes in meanwhile is not kept waiting.
  startTransition(() =>
    root.render(
      <StrictMode>
        <App stores={stores} />
      </StrictMode>,
    ),
  );
  const linkFailure = "The link could not be followed";
  const notifyLink = notifyFailure(linkFailure);
  if (fault !== null) notifyLink(fault);
  const linkGiven = namesExperiment(location.hash);
  stores.session.preferences.getState().set({ page: link.page });
  followAddress(window, stores.session, { onError: notifyLink, onFollowed: () => clearFailure(linkFailure) });
  const onError = notifyFailure("The last run could not be brought back as it was");
  void openStores(stores, { linkGiven, onError })
    .catch(notifyFailure("The page could not look at this device"))
    .then(() => {
      void loadPagesWhenIdle();
      void stores.runs.runs.getState().refresh();
    });
  return stores;
}

/** A faulty address opens the page that it names, with the settings of an address that says nothing. */
function linkOfAddress(): { readonly link: Link; readonly fault: unknown } {
  try {
    return { link: decodeLink(location.hash), fault: null };
  } catch (fault) {
    return { link: { page: pageOf(location.hash), settings: defaultSettings }, fault };
  }
}
