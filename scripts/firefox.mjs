/** Finds an installed Firefox, or installs one where it can. */
import { canInstallFromDebian, findProgram, installFromDebian } from "./find-program.mjs";

const names = ["firefox-esr", "firefox"];
const fixedPlaces = [
  "/Applications/Firefox.app/Contents/MacOS/firefox",
  "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
];

/** The executable's path, or null. BASIN_FIREFOX names one explicitly. */
export const findFirefox = () => process.env.BASIN_FIREFOX ?? findProgram(names, fixedPlaces) ?? null;

/** Finds Firefox, else installs Debian's as root. Throws, with what to install, where it cannot. */
export function ensureFirefox() {
  const found = findFirefox();
  if (found) return found;
  if (canInstallFromDebian()) {
    console.error("No Firefox found; installing firefox-esr.");
    installFromDebian("firefox-esr");
  }
  const installed = findFirefox();
  if (installed) return installed;
  throw new Error(
    "No Firefox found. Install one (Debian: apt-get install firefox-esr; elsewhere: mozilla.org/firefox), or name one by BASIN_FIREFOX.",
  );
}
