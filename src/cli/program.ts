/** All commands with their options. Whoever runs them says what a session is and what follows on a command's end. */
import { Command } from "commander";
import { z } from "zod";
import { curvatureBatchNormModes } from "../experiment/curvature.ts";
import { batchNormModes, surfaceSubsets } from "../experiment/surface.ts";
import { explainedDevices, explainedPrograms } from "../jobs/explain-options.ts";
import { addComparisonCommands } from "./comparison-commands.ts";
import { addMeasurementCommands } from "./measurements/list.ts";
import { planeOptions } from "./measurements/plane-options.ts";
import { matrixOptions, seedOption } from "./measurements/shared-options.ts";
import { backend, choice, parseCount, parsePositive, parseSeed } from "./option-types.ts";
import type { RunCommand } from "./run-command.ts";
import { addSchemaOptions, flag, withHelp } from "./schema-options.ts";
import type { Session } from "./session.ts";

const surfaceOptions = z.strictObject({
  ...planeOptions("51x51", batchNormModes),
  out: withHelp(z.string(), "folder", "where surface.json and surface.npz go"),
  quadratic: flag("add the exact quadratic model of the plane"),
  path: flag("project the run's recorded path onto the plane, into path.csv; with --range path it fits"),
  seed: seedOption("seed of the directions that are not named"),
});

const productOptions = z.strictObject({
  ...matrixOptions,
  vector: withHelp(z.string(), "file", "a safetensors file with every parameter's part of the vector"),
  out: withHelp(z.string(), "file", "where the product goes, as safetensors"),
});

export interface CommandEnds {
  /** Engines are loaded only when there is something to compute: help and refusals come at once. */
  openSession(): Promise<Session>;
  /** Called with the exit code of a command that has ended. */
  finish(exitCode: number): void;
}

export function createProgram({ openSession, finish }: CommandEnds): Command {
  const program = new Command("basin")
    .description("Loss landscapes of neural networks: train, evaluate, measure surfaces and curvature.")
    .exitOverride()
    .showHelpAfterError("(--help says what there is)");
  const run: RunCommand = async (work) => finish(await work(await openSession()));

  program
    .command("train")
    .description("train a specification; leaves spec.json, metrics.csv and the checkpoint in a folder")
    .argument("[spec]", "the specification, a JSON file")
    .option("--out <run>", "the folder for the run")
    .option("--resume <run>", "go on with the run in this folder from its last checkpoint")
    .option("--seed <n>", "replaces the seeds of the initial weights and of the order of examples", parseSeed)
    .option("--record-every <n>", "keep a point of the path every so many steps", parseCount(1))
    .option(
      "--record-budget <mb>",
      "for all points, in megabytes; where it is too little there are fewer",
      parsePositive,
    )
    .addOption(backend())
    .action(async (spec, options) =>
      finish(await (await import("./commands/train.ts")).train(spec, options, await openSession())),
    );

  program
    .command("evaluate")
    .description("loss and accuracy of a checkpoint")
    .requiredOption("--checkpoint <file>", "a safetensors state dict, of Basin or of PyTorch")
    .option("--spec <file>", "the specification; without it the checkpoint's own")
    .addOption(choice("--subset <name>", "the examples to evaluate on", surfaceSubsets, "train"))
    .option("--gradient <file>", "also write the gradient of the mean loss as safetensors")
    .option("--seed <n>", "accepted for every command; an evaluation draws nothing", parseSeed)
    .addOption(backend())
    .action(async (options) =>
      finish(await (await import("./commands/evaluate.ts")).evaluate(options, await openSession())),
    );

  addSchemaOptions(program.command("surface"), surfaceOptions)
    .description("a loss surface around a checkpoint, or a line when only --x is given")
    .action((given: unknown) =>
      run(async (session) => (await import("./commands/surface.ts")).surface(surfaceOptions.parse(given), session)),
    );

  program
    .command("trajectory")
    .description("the principal plane of a run's recorded path, and the path in it")
    .argument("<run>", "the run's folder")
    .requiredOption("--out <folder>", "where trajectory.json, trajectory.npz, path.csv and the two directions go")
    .addOption(choice("--subset <name>", "the examples of the losses on the path", surfaceSubsets, "train"))
    .addOption(choice("--batch-norm <mode>", "the statistics that BatchNorm uses", batchNormModes, "frozen"))
    .addOption(backend())
    .action(async (run, options) =>
      finish(await (await import("./commands/trajectory.ts")).trajectory(run, options, await openSession())),
    );

  addMeasurementCommands(program, run);

  addSchemaOptions(program.command("product"), productOptions)
    .description("the matrix times a vector")
    .action((given: unknown) =>
      run(async (session) => (await import("./commands/product.ts")).product(productOptions.parse(given), session)),
    );

  program
    .command("explain")
    .description("a specification's program and the plan by which a GPU replays it, kernel by kernel; nothing is run")
    .argument("<spec>", "the specification, a JSON file")
    .addOption(choice("--program <name>", "which of its programs", explainedPrograms, "step"))
    .option("--batch <n>", "images at once; without it the specification's batch", parseCount(1))
    .addOption(choice("--batch-norm <mode>", "statistics, but in a step", curvatureBatchNormModes, "frozen"))
    .addOption(choice("--device <kind>", "the kind of device to plan for", explainedDevices, "gpu"))
    .option("--json", "as JSON", false)
    .action(async (spec, options) =>
      finish(await (await import("./commands/explain.ts")).explain(spec, options, await openSession())),
    );

  addComparisonCommands(program, run);

  return program;
}
