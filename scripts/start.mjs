/** `npm start`: installs what is missing, builds the page, serves it and prints its address. */
import { ensureInstalled, run, runTool } from "./setup.mjs";

ensureInstalled();
const code = runTool("vite", ["build", "--logLevel", "warn"]);
if (code !== 0) process.exit(code);
process.exit(run("npx", ["--no-install", "vite", "preview", ...process.argv.slice(2)]));
