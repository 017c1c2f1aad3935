/** The page on the fake engine, for work on its looks: /tests/app/dev/index.html?speed=4&walls=1 under `npm run dev`. */
import { mountApp } from "../../../src/app/mount.tsx";
import { createRunStore } from "../../../src/experiment/storage/create-run-store.ts";
import { openComparisons } from "../../../src/experiment/storage/kept-comparisons.ts";
import { withQueue } from "../fake-queue.ts";
import { createFakeRunner } from "../fake-runner.ts";
import { exampleLoss } from "../landscape-model.ts";

const query = new URLSearchParams(location.search);
const walls = (alpha: number, beta: number) =>
  alpha + beta > 1.35 ? Number.NaN : exampleLoss(alpha, beta) * Math.exp(3 * Math.abs(alpha * beta));
const { runner, queue } = withQueue(
  createFakeRunner({
    speed: Number(query.get("speed") ?? 1),
    ...(query.has("walls") ? { loss: walls } : {}),
    ...(query.has("fail") ? { failTraining: { afterSteps: 25, error: new Error("The GPU process was reset.") } } : {}),
  }),
);
const stores = mountApp(document.getElementById("root")!, {
  runner: () => runner,
  queue,
  backend: "auto",
  openRuns: () => createRunStore({ databaseName: "basin-on-a-fake-engine" }),
  readExample: () => Promise.reject(new Error("There is none on the fake engine.")),
  openComparisons: () => openComparisons({ databaseName: "basin-comparisons-on-a-fake-engine" }),
});
Object.assign(window, { stores });
