/**
 * `npm test`: everything that continuous integration runs, on a fresh machine too. Closes with `N passed, N failed`,
 * which it also leaves in .cache/test-summary.txt. A check that fails does not stop those after it.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { ensureInstalled, root, runTool } from "./setup.mjs";

ensureInstalled();
// Only now: it reads a dependency when no browser is installed.
const { ensureChromium } = await import("./chromium.mjs");
process.env.BASIN_CHROMIUM = ensureChromium();

const cache = `${root}/.cache`;
mkdirSync(cache, { recursive: true });
const total = { passed: 0, failed: 0 };
const failures = [];

function heading(title) {
  console.log(`\n── ${title} ${"─".repeat(Math.max(0, 70 - title.length))}`);
}

/** A check that passes or fails as a whole. */
function check(title, tool, args) {
  heading(title);
  const passed = runTool(tool, args) === 0;
  total[passed ? "passed" : "failed"]++;
  if (!passed) failures.push(title);
}

/** A test run that leaves a JSON report, from which `count` reads [passed, failed]. */
function suite(title, tool, args, report, count, env = {}) {
  heading(title);
  rmSync(report, { force: true });
  const code = runTool(tool, args, { env: { ...process.env, ...env } });
  let [passed, failed] = [0, 0];
  try {
    [passed, failed] = count(JSON.parse(readFileSync(report, "utf8")));
  } catch (error) {
    console.error(`${title} left no readable report: ${error}`);
  }
  // A run that broke, or that ran nothing, has failed even when no single test has.
  if (failed === 0 && (code !== 0 || passed === 0)) failed = 1;
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) failures.push(title);
}

const vitestCounts = ({ numPassedTests, numFailedTests }) => [numPassedTests, numFailedTests];
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
suite("Unit tests", "vitest", vitest("unit"), `${cache}/unit.json`, vitestCounts);
suite("Chromium: kernels, worker, storage", "vitest", vitest("browser"), `${cache}/browser.json`, vitestCounts);
check("Fuzz: damaged inputs, half a minute", "tsx", ["tests/fuzz/main.ts", "--minutes", "0.5"]);
check("Build", "vite", ["build", "--logLevel", "warn"]);
suite(
  "End to end: the built page",
  "playwright",
  ["test", "--reporter=list,json"],
  `${cache}/e2e.json`,
  ({ stats }) => [stats.expected + stats.flaky, stats.unexpected],
  { PLAYWRIGHT_JSON_OUTPUT_NAME: `${cache}/e2e.json` },
);

const summary = `${total.passed} passed, ${total.failed} failed`;
writeFileSync(`${cache}/test-summary.txt`, `${summary}\n`);
if (failures.length > 0) console.log(`\nFailed: ${failures.join("; ")}`);
console.log(`\n${summary}`);
process.exit(total.failed === 0 ? 0 : 1);
