/** The commands that compare models. */
import type { Command } from "commander";
import { curveKinds, pathBatchNormModes } from "../experiment/comparison.ts";
import { surfaceSubsets } from "../experiment/surface.ts";
import { backend, choice, parseCount, parseFraction, parsePositive, parseSeed } from "./option-types.ts";
import type { RunCommand } from "./run-command.ts";

export function addComparisonCommands(program: Command, run: RunCommand): void {
  program
    .command("sweep")
    .description("train every combination of some changes to a specification, each run in a folder of its own")
    .argument("<sweep>", "the sweep, a JSON file: a base specification and the axes' values")
    .requiredOption("--out <runs>", "the folder for the runs' folders; runs that are there go on, finished ones stay")
    .addOption(backend())
    .action((sweep, options) =>
      run(async (session) => (await import("./commands/sweep.ts")).sweep(sweep, options, session)),
    );

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
    .addOption(backend())
    .action((options) => run(async (session) => (await import("./commands/match.ts")).match(options, session)));

  addPathOptions(addPairOptions(program.command("line")))
    .description("loss and accuracy along the straight line between two models, with the barrier's height")
    .requiredOption("--out <folder>", "where line.json, line.npz and line.csv go")
    .option("--match", "also the line to the second model after matching its hidden units", false)
    .action((options) => run(async (session) => (await import("./commands/line.ts")).line(options, session)));

  addPathOptions(addPairOptions(program.command("curve")))
    .description("train a curve of low loss between two models, and measure it")
    .addOption(choice("--kind <name>", "a quadratic Bézier curve, or straight stretches", curveKinds, "bezier"))
    .option("--controls <n>", "control points of a chain", parseCount(1), 1)
    .option("--epochs <n>", "passes over the training examples; those of the specification unless given", parseCount(1))
    .option("--learning-rate <rate>", "that of the specification unless given", parsePositive)
    .requiredOption("--out <folder>", "where curve.json, curve.npz, curve.csv and the control points go")
    .action((options) => run(async (session) => (await import("./commands/curve.ts")).curve(options, session)));

  program
    .command("plane")
    .description("the loss surface in the plane through three models, all of them marked")
    .requiredOption("--through <files...>", "three checkpoints of one model, separated by commas or blanks")
    .option("--spec <file>", "the specification of all; without it each checkpoint's own")
    .requiredOption("--out <folder>", "where surface.json and surface.npz go")
    .option("--grid <size>", "COLUMNSxROWS", "51x51")
    .option("--margin <fraction>", "around the models, of what they span", parseFraction, 0.2)
    .addOption(choice("--subset <name>", "the examples to evaluate on", surfaceSubsets, "train"))
    .addOption(statistics())
    .addOption(backend())
    .action((options) => run(async (session) => (await import("./commands/plane.ts")).plane(options, session)));
}

const statistics = () =>
  choice("--batch-norm <mode>", "BatchNorm's statistics between models", pathBatchNormModes, "interpolated");

const addPathOptions = (command: Command): Command =>
  command
    .option("--points <n>", "points on the path, both ends included", parseCount(2), 25)
    .addOption(statistics())
    .addOption(backend());

const addPairOptions = (command: Command): Command =>
  command
    .requiredOption("--from <file>", "the checkpoint that stays as it is")
    .requiredOption("--to <file>", "the other checkpoint, of the same model")
    .option("--spec <file>", "the specification of both; without it each checkpoint's own")
    .option("--seed <n>", "of the order in which matching goes through layers", parseSeed, 1);
