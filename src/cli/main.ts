/** The command line: the page's jobs without a page. Results go to stdout, everything else to stderr. */
import { runCommandLine } from "./command-line.ts";

process.exitCode = await runCommandLine(process.argv.slice(2), {
  writeOut: (text) => void process.stdout.write(text),
  writeErr: (text) => void process.stderr.write(text),
});
// Worker threads and devices are not waited for.
process.stdout.write("", () => process.exit());
