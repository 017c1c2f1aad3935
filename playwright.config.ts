import { defineConfig } from "@playwright/test";
import { chromiumArguments, findChromium } from "./scripts/chromium.mjs";

const port = Number(process.env.BASIN_PORT ?? 4317);

/** End-to-end tests of the built page (`npm run build` first), in Chromium on software WebGPU and WebGL. */
export default defineConfig({
  testDir: "tests/e2e",
  outputDir: ".cache/e2e",
  timeout: 180_000,
  expect: { timeout: 60_000 },
  workers: 2,
  // A test that needs a second try tells of a fault, in the page or in the test.
  retries: 0,
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1440, height: 900 },
    // Nothing is in the middle of a transition when it is looked at; what is about motion asks for it.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      executablePath: findChromium() ?? undefined,
      // Software WebGL for the canvas alone: a page composited by it too costs three times the processor time of its tests.
      args: [
        ...chromiumArguments,
        "--use-angle=swiftshader",
        "--enable-unsafe-swiftshader",
        "--disable-gpu-compositing",
      ],
    },
  },
  webServer: {
    command: `npx --no-install vite preview --port ${port} --strictPort`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
  },
});
