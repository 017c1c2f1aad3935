/** Every component of kit and chart in every state: /tests/app/dev/gallery.html under `npm run dev`. */
import { Button, MantineProvider, SegmentedControl } from "@mantine/core";
import "@mantine/core/styles.layer.css";
import { Notifications } from "@mantine/notifications";
import "@mantine/notifications/styles.layer.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createFaultStore } from "../../../src/app/kit/fault-store.ts";
import { FaultsProvider } from "../../../src/app/kit/field-faults.tsx";
import "../../../src/app/styles/tokens.css";
import "../../../src/app/styles/page.css";
import "../../../src/app/styles/figure.css";
import "../../../src/app/styles/panel.css";
import "../../../src/app/styles/curves.css";
import "../../../src/app/styles/spectrum.css";
import { cssVariablesResolver, theme } from "../../../src/app/theme.ts";
import { ChartStates } from "./gallery-charts.tsx";
import { FieldStates, MessageStates } from "./gallery-kit.tsx";

const schemes = ["light", "dark"] as const;
const scheme = schemes.find((known) => known === new URLSearchParams(location.search).get("scheme")) ?? "light";

const choose = (next: string) => {
  location.search = `?scheme=${next}`;
};

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} forceColorScheme={scheme}>
      <FaultsProvider value={createFaultStore()}>
        <main
          style={{
            display: "grid",
            gridTemplateColumns: "360px 1fr",
            gap: 32,
            padding: 24,
            height: "100vh",
            overflow: "auto",
          }}
        >
          <div>
            <SegmentedControl aria-label="Colours" data={[...schemes]} value={scheme} onChange={choose} />
            <FieldStates />
            <MessageStates />
            <Button variant="default">A button</Button>
          </div>
          <ChartStates />
        </main>
      </FaultsProvider>
      <Notifications position="bottom-left" />
    </MantineProvider>
  </StrictMode>,
);
