/** The window: header, one page, palette, keys, drop target. */
import { MantineProvider } from "@mantine/core";
import "@mantine/core/styles.layer.css";
import { Notifications } from "@mantine/notifications";
import "@mantine/notifications/styles.layer.css";
import "@mantine/spotlight/styles.layer.css";
import { lazy, Suspense } from "react";
import { useStore } from "zustand";
import { type PageStores, StoresProvider } from "./context/page-stores.tsx";
import { useRuns } from "./context/runs.ts";
import { useSession } from "./context/session.ts";
import { LandscapePage } from "./pages/landscape-page.tsx";
import { LatePage } from "./pages/late-page.tsx";
import { Commands } from "./shell/commands.tsx";
import { Header } from "./shell/header.tsx";
import { Keys } from "./shell/keys.tsx";
import "./styles/tokens.css";
import "./styles/page.css";
import "./styles/figure.css";
import "./styles/panel.css";
import { theme } from "./theme.ts";

const ConflictDialog = lazy(() => import("./runs/conflict-dialog.tsx"));
const DropTarget = lazy(() => import("./shell/drop-target.tsx"));

export function App({ stores }: { readonly stores: PageStores }) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <StoresProvider stores={stores}>
        <button type="button" className="skip-link" onClick={() => document.getElementById("main")?.focus()}>
          Skip to the figure
        </button>
        <div className="window">
          <Header />
          <Page />
        </div>
        <Commands />
        <Keys />
        <Suspense>
          <DropTarget />
          <Conflicts />
        </Suspense>
        <Notifications position="bottom-left" />
      </StoresProvider>
    </MantineProvider>
  );
}

function Conflicts() {
  const isAsked = useStore(useRuns().conflicts, ({ conflicts }) => conflicts.length > 0);
  return isAsked && <ConflictDialog />;
}

function Page() {
  const { preferences } = useSession();
  const page = useStore(preferences, (state) => state.page);
  return page === "landscape" ? <LandscapePage /> : <LatePage key={page} name={page} />;
}
