import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { chromiumArguments, findChromium } from "./scripts/chromium.mjs";
import { contentSecurity, securityHeaders } from "./scripts/content-security.ts";

export default defineConfig({
  base: "./",
  plugins: [react(), contentSecurity()],
  preview: { headers: { ...securityHeaders } },
  // Zod else tries whether it may make code from text, which the content security policy refuses and reports.
  resolve: {
    alias: [{ find: /^zod$/, replacement: fileURLToPath(new URL("./src/zod-without-eval.ts", import.meta.url)) }],
  },
  worker: { format: "es" },
  build: { target: "es2023" },
  /** Every dependency of the page and the workers: the development server would reload the page on meeting a new one. */
  optimizeDeps: {
    include: [
      "@mantine/core",
      "@mantine/hooks",
      "@mantine/notifications",
      "@mantine/spotlight",
      "@react-three/fiber",
      "@tabler/icons-react",
      "@tensorflow/tfjs",
      "@tensorflow/tfjs-backend-wasm",
      "@tensorflow/tfjs-backend-webgpu",
      "d3-scale-chromatic",
      "fflate",
      "hyparquet",
      "idb",
      "modern-tar",
      "pure-rand/distribution/uniformFloat64",
      "pure-rand/distribution/uniformInt",
      "pure-rand/generator/xoroshiro128plus",
      "react",
      "react-dom",
      "react-dom/client",
      "react-dropzone",
      "react/jsx-dev-runtime",
      "react/jsx-runtime",
      "three",
      "uplot",
      "zod/v4",
      "zustand",
      "zustand/react/shallow",
      "zustand/vanilla",
    ],
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          // Against hangs alone; a busy machine is ten times as slow.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // A module is read once a process, not once a file: half of the tests take less than their imports.
          isolate: false,
          setupFiles: ["tests/fresh-file.ts"],
          maxWorkers: availableParallelism(),
          environment: "node",
          include: ["tests/**/*.test.{ts,tsx}"],
          exclude: ["tests/**/*.browser.test.{ts,tsx}", "tests/e2e/**", "tests/firefox/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "firefox",
          include: ["tests/firefox/**/*.test.ts"],
          environment: "node",
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["tests/**/*.browser.test.{ts,tsx}"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // One frame for all: modules come over the development server, file by file.
          isolate: false,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: findChromium() ?? undefined, args: chromiumArguments },
            }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
