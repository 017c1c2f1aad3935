import { defineConfig } from "@playwright/test";
import { chromiumArguments, findChromium } from "./scripts/chromium.mjs";

const port = 4317;

/** End-to-end tests of the built page (`npm run build` first), in Chromium on software WebGPU and WebGL. */
export default defineConfig({
  testDir: "tests/e2e",
  outputDir: ".cache/e2e",
  timeout: 180_000,
  expect: { timeout: 60_000 },
  workers: 1,
  // A machine with other work may stall a page for longer than a test waits; a second failure is one.
  retries: 1,
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: findChromium() ?? undefined,
      args: [...chromiumArguments, "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
    },
  },
  webServer: {
    command: `npx --no-install vite preview --port ${port} --strictPort`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
  },
});
