/** A helper of the compute worker, for backends of one thread. It has no helpers of its own. */
import { jobTable } from "../src/jobs/job-table.ts";
import { createBrowserPlatform } from "../src/jobs/platform/browser.ts";
import { createWorkbench } from "../src/jobs/workbench.ts";
import { serveJobs } from "../src/protocol/dispatcher.ts";
import { linkToParent } from "../src/protocol/web-links.ts";

const workbench = createWorkbench(createBrowserPlatform());
serveJobs(linkToParent(globalThis), { jobs: jobTable, workbench });
