/** The page's storage worker: keeps runs in the browser, off the page's thread. */
import { createRunStore } from "../src/experiment/storage/create-run-store.ts";
import { serveRunStore } from "../src/protocol/run-store-link.ts";
import { linkToParent } from "../src/protocol/web-links.ts";

serveRunStore(linkToParent(globalThis), () => createRunStore());
