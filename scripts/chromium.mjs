/** Finds an installed Chrome or Chromium, or installs one. Used by every script that needs a browser. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { canInstallFromDebian, findProgram, installFromDebian } from "./find-program.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const fixedPlaces = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** WebGPU on the software renderer, and no network chatter of the browser's own. */
export const chromiumArguments = [
  "--no-sandbox",
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
];

/** The executable's path, or null. BASIN_CHROMIUM names one explicitly. */
export function findChromium() {
  if (process.env.BASIN_CHROMIUM) return process.env.BASIN_CHROMIUM;
  return findProgram(names, fixedPlaces) ?? playwrightChromium();
}

function playwrightChromium() {
  const probe = "import('playwright').then(({ chromium }) => process.stdout.write(chromium.executablePath()))";
  const path = spawnSync(process.execPath, ["-e", probe], { encoding: "utf8" }).stdout;
  return path && existsSync(path) ? path : null;
}

/** Finds Chromium, else installs it: from Debian's packages as root, else by Playwright's download. */
export function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  console.error("No Chrome or Chromium found; installing one.");
  if (canInstallFromDebian()) {
    installFromDebian("chromium");
  } else {
    spawnSync("npx", ["playwright", "install", "--with-deps", "chromium"], { stdio: ["ignore", 2, 2], shell: true });
  }
  const installed = findChromium();
  if (!installed) throw new Error("No Chrome or Chromium could be installed. Install one, or set BASIN_CHROMIUM.");
  return installed;
}
