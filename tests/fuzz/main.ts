/**
 * `npm run fuzz -- --minutes N`: damaged inputs of every format that enters against its reader. No reader may crash, hang
 * or refuse with an error that is not one of its own. What is found is told with what repeats it.
 */
import { Worker } from "node:worker_threads";
import { Command, InvalidArgumentError } from "commander";
import { targets } from "./targets.ts";
import { type Finding, inputOf, runTrial, type TrialName } from "./trial.ts";
import type { FuzzMessage, FuzzOrder } from "./worker.ts";

/** A reader that has not come back after this long hangs: the inputs are of some kilobytes. */
const hangMs = 10_000;
const mostFindings = 20;

const positive = (text: string): number => {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("Give a number above 0.");
  return value;
};
const whole = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError("Give a whole number from 0.");
  return value;
};

const options = new Command("fuzz")
  .option("--minutes <number>", "how long", positive, 1)
  .option("--seed <number>", "of the damage; printed, and by default drawn from the clock", whole)
  .option("--target <name>", "one reader only")
  .option("--trial <number>", "one trial only, with --seed and --target: repeats a finding", whole)
  .parse()
  .opts<{ minutes: number; seed?: number; target?: string; trial?: number }>();

const chosen = targets.flatMap(({ name }, index) =>
  options.target === undefined || options.target === name ? [index] : [],
);
if (chosen.length === 0) {
  console.error(`There is no target "${options.target}". There are: ${targets.map(({ name }) => name).join("; ")}.`);
  process.exit(1);
}
const seed = options.seed ?? Date.now() % 2 ** 31;

const repeat = ({ target, trial }: TrialName): string =>
  `npm run fuzz -- --seed ${seed} --target "${targets[target].name}" --trial ${trial}`;
const show = ({ name, what }: Finding): void =>
  console.error(`\n${targets[name.target].name}: ${what}\nrepeat: ${repeat(name)}`);

if (options.trial !== undefined) {
  const name = { target: chosen[0], seed, trial: options.trial };
  const corpus = await targets[chosen[0]].corpus();
  console.log(new TextDecoder().decode(inputOf(corpus, name).subarray(0, 2000)));
  const finding = await runTrial(targets[chosen[0]], corpus, name);
  if (finding) show(finding);
  process.exit(finding ? 1 : 0);
}

console.log(`Fuzzing ${chosen.length} readers for ${options.minutes} minutes, seed ${seed}.`);
const current = new Int32Array(new SharedArrayBuffer(12));
const order: FuzzOrder = {
  seed,
  targets: chosen,
  firstTrial: 0,
  current,
  until: Date.now() + options.minutes * 60_000,
};
process.exit((await follow(order)) === 0 ? 0 : 1);

/** How many findings there were. */
function follow(given: FuzzOrder): Promise<number> {
  const worker = new Worker(new URL("../bench/typescript-worker.mjs", import.meta.url), {
    workerData: { module: new URL("./worker.ts", import.meta.url).href, order: given },
  });
  let findings = 0;
  return new Promise((resolve) => {
    const end = (count: number) => {
      clearInterval(watch);
      void worker.terminate();
      resolve(count);
    };
    const found = (finding: Finding) => {
      findings++;
      show(finding);
      if (findings === mostFindings) end(findings);
    };
    let seen = { count: -1, since: Date.now() };
    const watch = setInterval(() => {
      const count = Atomics.load(current, 2);
      if (count !== seen.count || count === 0) seen = { count, since: Date.now() };
      else if (Date.now() - seen.since > hangMs) {
        found({ name: { target: current[0], seed, trial: current[1] }, what: `no answer after ${hangMs / 1000} s` });
        end(findings);
      }
    }, 1000);
    worker.on("message", (message: FuzzMessage) => {
      switch (message.kind) {
        case "corpus":
          for (const [name, files, bytes] of message.sizes) console.log(`  ${name}: ${files} examples, ${bytes} bytes`);
          break;
        case "finding":
          found(message.finding);
          break;
        case "done":
          console.log(`${message.trials} inputs, ${findings} findings.`);
          end(findings);
      }
    });
    worker.on("error", (error: Error) => {
      found({ name: { target: current[0], seed, trial: current[1] }, what: `the thread ended: ${error.stack}` });
      end(findings);
    });
  });
}
