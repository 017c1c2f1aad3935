/** Puts the page into an element with the services given: the product's, or a test's. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { type AppStores, createAppStores, openStores } from "./app-stores.ts";
import { notifyFailure } from "./plate/notify.ts";
import type { Services } from "./services.ts";
import { defaultSettings } from "./stores/settings.ts";

export function mountApp(element: HTMLElement, services: Services): AppStores {
  const stores = createAppStores(services, defaultSettings, notifyFailure("The run could not be stored"));
  createRoot(element).render(
    <StrictMode>
      <App stores={stores} />
    </StrictMode>,
  );
  openStores(stores).catch(notifyFailure("The page could not look at this device"));
  return stores;
}
