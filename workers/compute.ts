/** The page's compute worker: owns the device, queues jobs. */
import { jobTable } from "../src/jobs/job-table.ts";
import { createBrowserPlatform } from "../src/jobs/platform/browser.ts";
import { createWorkbench } from "../src/jobs/workbench.ts";
import { createWorkerRunner } from "../src/protocol/client.ts";
import { serveJobs } from "../src/protocol/dispatcher.ts";
import { linkToParent } from "../src/protocol/web-links.ts";

const startHelper = () =>
  createWorkerRunner(new Worker(new URL("./helper.ts", import.meta.url), { type: "module", name: "helper" }));
const workbench = createWorkbench(createBrowserPlatform(startHelper));
serveJobs(linkToParent(globalThis), { jobs: jobTable, workbench });
