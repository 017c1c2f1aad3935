/**
 * `npm test`: everything that continuous integration runs, on a fresh machine too. Prints what each part took, against a
 * budget, and the slowest tests; closes with `N passed, N failed`, which it also leaves in .cache/test-summary.txt. A
 * check that fails does not stop those after it.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { ensureInstalled, root, runTool } from "./setup.mjs";
import { count, readPlaywrightReport, readVitestReport, slowest } from "./test-report.mjs";

/** On two idle cores. Told when it is passed, and no failure: the machine may have other work. */
const budgetMinutes = 12;

ensureInstalled();
// Only now: it reads a dependency when no Chromium is installed.
const { ensureChromium } = await import("./chromium.mjs");
const { ensureFirefox } = await import("./firefox.mjs");
process.env.BASIN_CHROMIUM = ensureChromium();
process.env.BASIN_FIREFOX = ensureFirefox();

const cache = `${root}/.cache`;
mkdirSync(cache, { recursive: true });
const total = { passed: 0, failed: 0, flaky: 0 };
const failures = [];
const parts = [];
const results = [];

function timed(title, work) {
  console.log(`\n── ${title} ${"─".repeat(Math.max(0, 70 - title.length))}`);
  const startedAt = performance.now();
  const { passed, failed, flaky } = work();
  parts.push({ title, seconds: (performance.now() - startedAt) / 1000 });
  total.passed += passed;
  total.failed += failed;
  total.flaky += flaky;
  if (failed > 0) failures.push(title);
}

/** A check that passes or fails as a whole. */
function check(title, tool, args) {
  timed(title, () => {
    const passed = runTool(tool, args) === 0;
    return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, flaky: 0 };
  });
}

/** A test run that leaves a report of every test. */
function suite(title, tool, args, report, read, env = {}) {
  timed(title, () => {
    rmSync(report, { force: true });
    const code = runTool(tool, args, { env: { ...process.env, ...env } });
    let found = [];
    try {
      found = read(report);
    } catch (error) {
      console.error(`${title} left no readable report: ${error}`);
    }
    results.push(...found);
    const [passed, failed, flaky] = ["passed", "failed", "flaky"].map((outcome) => count(found, outcome));
    // A run that broke, or that ran nothing, has failed even when no single test has.
    const broke = failed === 0 && (code !== 0 || passed === 0);
    return { passed, failed: broke ? 1 : failed, flaky };
  });
}

const vitest = (project) => [
  "run",
  "--project",
  project,
  "--reporter=default",
  "--reporter=json",
  `--outputFile=${cache}/${project}.json`,
];

check("Types", "tsc", ["--noEmit"]);
check("Lint and format", "biome", ["check", "."]);
check("Import rules", "depcruise", ["src", "workers", "--config", ".dependency-cruiser.cjs"]);
check("Unused files, exports and dependencies", "knip", []);
suite("Unit tests", "vitest", vitest("unit"), `${cache}/unit.json`, readVitestReport);
suite("Chromium: kernels, worker, storage", "vitest", vitest("browser"), `${cache}/browser.json`, readVitestReport);
check("Fuzz: damaged inputs, half a minute", "tsx", ["tests/fuzz/main.ts", "--minutes", "0.5"]);
check("Build", "vite", ["build", "--logLevel", "warn"]);
suite(
  "End to end: the built page",
  "playwright",
  ["test", "--reporter=list,json"],
  `${cache}/e2e.json`,
  readPlaywrightReport,
  { PLAYWRIGHT_JSON_OUTPUT_NAME: `${cache}/e2e.json` },
);
suite("Firefox: the built page", "vitest", vitest("firefox"), `${cache}/firefox.json`, readVitestReport);

const seconds = parts.reduce((sum, part) => sum + part.seconds, 0);
console.log(`\nThe ten slowest tests:\n${slowest(results, 10)}`);
console.log("\nTime:");
for (const part of parts) console.log(`${part.seconds.toFixed(0).padStart(7)} s  ${part.title}`);
console.log(`${seconds.toFixed(0).padStart(7)} s  in all, of a budget of ${budgetMinutes * 60} s on two idle cores`);
if (seconds > 60 * budgetMinutes) {
  const over = (seconds / 60 - budgetMinutes).toFixed(1);
  console.log(`Over the budget by ${over} minutes: see "Tests" in CONTRIBUTING.md when the machine was idle.`);
}
const flaky = results.filter(({ outcome }) => outcome === "flaky").map(({ title }) => `\n  ${title}`);
console.log(`${total.flaky} flaky${flaky.join("")}`);
if (failures.length > 0) console.log(`\nFailed: ${failures.join("; ")}`);

const summary = `${total.passed} passed, ${total.failed} failed`;
writeFileSync(`${cache}/test-summary.txt`, `${summary}\n`);
console.log(`\n${summary}`);
process.exit(total.failed === 0 ? 0 : 1);
