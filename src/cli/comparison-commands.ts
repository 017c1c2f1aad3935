/** The commands that compare models. */
import type { Command } from "commander";
import { surfaceSubsets } from "../experiment/surface.ts";
import { backend, choice, parseSeed } from "./option-types.ts";
import type { Session } from "./session.ts";

/** Opens a session, does the work and ends the process with its exit code. */
type Run = (work: (session: Session) => Promise<number>) => Promise<void>;

export function addComparisonCommands(program: Command, run: Run): void {
  program
    .command("distances")
    .description("how far models lie apart: in weights, from their initialisations, in predictions")
    .requiredOption("--checkpoints <files...>", "two or more checkpoints, separated by commas or blanks")
    .option("--spec <file>", "the specification of all; without it each checkpoint's own")
    .requiredOption("--out <file>", "where the matrices go, as JSON")
    .option("--match", "also distances after matching hidden units by weight", false)
    .addOption(choice("--subset <name>", "the examples to predict", surfaceSubsets, "test"))
    .option("--seed <n>", "of the order in which matching goes through layers", parseSeed, 1)
    .addOption(backend())
    .action((options) => run(async (session) => (await import("./commands/distances.ts")).distances(options, session)));

  addPairOptions(program.command("match"))
    .description("exchange a model's hidden units so that its weights lie nearest another's; the function stays")
    .requiredOption("--out <file>", "where the permuted model goes, as .safetensors, and its permutations, as .json")
    .action((options) => run(async (session) => (await import("./commands/match.ts")).match(options, session)));
}

const addPairOptions = (command: Command): Command =>
  command
    .requiredOption("--from <file>", "the checkpoint that stays as it is")
    .requiredOption("--to <file>", "the other checkpoint, of the same model")
    .option("--spec <file>", "the specification of both; without it each checkpoint's own")
    .option("--seed <n>", "of the order in which matching goes through layers", parseSeed, 1);
