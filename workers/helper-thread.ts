/** A worker thread of the command line: runs jobs for the main thread, and has no helpers of its own. */
import { parentPort } from "node:worker_threads";
import { jobTable } from "../src/jobs/job-table.ts";
import { createNodePlatform } from "../src/jobs/platform/node.ts";
import { createWorkbench } from "../src/jobs/workbench.ts";
import { serveJobs } from "../src/protocol/dispatcher.ts";
import { linkToStarter } from "../src/protocol/node-links.ts";

if (!parentPort) throw new Error("This file is the entry of a worker thread.");
const workbench = createWorkbench(createNodePlatform());
serveJobs(linkToStarter(parentPort), { jobs: jobTable, workbench });
