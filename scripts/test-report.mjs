/** Reads the reports of test runs: what passed, failed or was flaky, and how long each test took. */
import { readFileSync } from "node:fs";

/** @typedef {{ title: string, seconds: number, outcome: "passed" | "failed" | "flaky" | "skipped" }} TestResult */

/** @returns {TestResult[]} of Vitest's JSON report. Throws when there is none. */
export function readVitestReport(path) {
  const { testResults } = JSON.parse(readFileSync(path, "utf8"));
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, duration, status }) => ({
      title: `${name.replace(/.*[\\/]tests[\\/]/, "tests/")} › ${fullName}`,
      seconds: (duration ?? 0) / 1000,
      outcome: status === "passed" || status === "failed" ? status : "skipped",
    })),
  );
}

const outcomes = { expected: "passed", unexpected: "failed", flaky: "flaky", skipped: "skipped" };

/** @returns {TestResult[]} of Playwright's JSON report. Throws when there is none. */
export function readPlaywrightReport(path) {
  const inSuite = ({ suites = [], specs = [] }) => [
    ...suites.flatMap(inSuite),
    ...specs.flatMap(({ file, title, tests }) =>
      tests.map(({ status, results }) => ({
        title: `tests/e2e/${file} › ${title}`,
        seconds: results.reduce((sum, { duration }) => sum + duration, 0) / 1000,
        outcome: outcomes[status],
      })),
    ),
  ];
  return inSuite(JSON.parse(readFileSync(path, "utf8")));
}

export const count = (results, outcome) => results.filter((result) => result.outcome === outcome).length;

/** @returns {string} the slowest tests, one a line. */
export function slowest(results, howMany) {
  const ranked = results.toSorted((a, b) => b.seconds - a.seconds).slice(0, howMany);
  return ranked.map(({ seconds, title }) => `${seconds.toFixed(1).padStart(7)} s  ${title}`).join("\n");
}
