/** All commands with their options. Whoever runs them says what a session is and what follows on a command's end. */
import { Command } from "commander";
import { curvatureBatchNormModes, curvatureKinds, traceMethods } from "../experiment/curvature.ts";
import { sharpnessKinds, usualDraws, usualSteps } from "../experiment/sharpness.ts";
import { batchNormModes, biasTreatments, normalizations, surfaceSubsets } from "../experiment/surface.ts";
import { explainedDevices, explainedPrograms } from "../jobs/explain-options.ts";
import { addComparisonCommands } from "./comparison-commands.ts";
import { backend, choice, parseCount, parseMeasures, parsePositive, parseSeed, parseSizes } from "./option-types.ts";
import type { Session } from "./session.ts";

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

  addPlaneOptions(program.command("surface"), "51x51", batchNormModes)
    .description("a loss surface around a checkpoint, or a line when only --x is given")
    .requiredOption("--out <folder>", "where surface.json and surface.npz go")
    .option("--quadratic", "add the exact quadratic model of the plane", false)
    .option("--path", "project the run's recorded path onto the plane, into path.csv; with --range path it fits", false)
    .option("--seed <n>", "seed of the directions that are not named", parseSeed, 1)
    .action(async (options) =>
      finish(await (await import("./commands/surface.ts")).surface(options, await openSession())),
    );

  addSolverOptions(addPlaneOptions(program.command("convexity"), "9x9", curvatureBatchNormModes), 1e-2)
    .description("the Hessian's smallest over its largest eigenvalue over a plane, of the weights of rank 2 and more")
    .requiredOption("--out <folder>", "where convexity.json and convexity.npz go")
    .option("--seed <n>", "seed of the directions that are not named and of the solver", parseSeed, 1)
    .action(async (options) =>
      finish(await (await import("./commands/convexity.ts")).convexity(options, await openSession())),
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

  addSolverOptions(addCurvatureOptions(program.command("spectrum")), 1e-3)
    .description("eigenpairs of the Hessian or another curvature matrix, from either end")
    .requiredOption("--out <folder>", "where spectrum.json and eigenvectors.safetensors go")
    .option("--top <k>", "pairs from the largest end", parseCount(0), 10)
    .option("--bottom <k>", "pairs from the smallest end", parseCount(0), 0)
    .action(async (options) =>
      finish(await (await import("./commands/spectrum.ts")).spectrum(options, await openSession())),
    );

  addSolverOptions(addCurvatureOptions(program.command("layers")), 1e-3)
    .description("eigenvalues, trace and norm of every layer's diagonal block")
    .requiredOption("--out <folder>", "where layers.json and layers.csv go")
    .option("--top <k>", "eigenvalues of every layer", parseCount(1), 5)
    .option("--probes <n>", "random vectors for every layer's trace and norm", parseCount(1), 20)
    .action(async (options) =>
      finish(await (await import("./commands/layers.ts")).layers(options, await openSession())),
    );

  addSolverOptions(addCurvatureOptions(program.command("subsets")), 1e-3)
    .description("top eigenvalues and eigenspaces of mini-batches and resampled subsets against the full set's")
    .requiredOption("--out <folder>", "where subsets.json and subsets.csv go")
    .option("--top <k>", "eigenpairs of every sample", parseCount(1), 5)
    .option("--sizes <n...>", "sizes of mini-batches, drawn without replacement", parseSizes, [])
    .option("--draws <n>", "draws of every size", parseCount(1), 3)
    .option("--resample <n>", "also subsets of this size, drawn with replacement", parseCount(1))
    .action(async (options) =>
      finish(await (await import("./commands/subsets.ts")).subsets(options, await openSession())),
    );

  addCurvatureOptions(program.command("density"))
    .description("spectral density by stochastic Lanczos quadrature")
    .requiredOption("--out <folder>", "where density.json goes")
    .option("--probes <n>", "random start vectors", parseCount(1), 10)
    .option("--steps <m>", "Lanczos steps of each probe", parseCount(1), 90)
    .action(async (options) =>
      finish(await (await import("./commands/density.ts")).density(options, await openSession())),
    );

  addCurvatureOptions(program.command("trace"))
    .description("the trace, estimated with its standard error")
    .addOption(choice("--method <name>", "the estimator", traceMethods, "hutchinson"))
    .option("--probes <n>", "products to spend", parseCount(2), 100)
    .action(async (options) => finish(await (await import("./commands/trace.ts")).trace(options, await openSession())));

  program
    .command("sharpness")
    .description("how far the loss rises around a checkpoint, on average and at worst")
    .requiredOption("--checkpoint <file>", "a safetensors state dict, of Basin or of PyTorch")
    .option("--spec <file>", "the specification; without it the checkpoint's own")
    .option("--out <folder>", "where sharpness.json and sharpness.csv go; none are written without")
    .option("--measures <measures...>", `KIND or KIND=RADIUS of ${sharpnessKinds.join(", ")}`, parseMeasures)
    .option("--draws <n>", `of every average (default: ${usualDraws})`, parseCount(1))
    .option("--steps <k>", `gradients of every worst case (default: ${usualSteps})`, parseCount(1))
    .addOption(choice("--subset <name>", "the examples of the loss", surfaceSubsets, "train"))
    .addOption(choice("--batch-norm <mode>", "the statistics that BatchNorm uses", batchNormModes, "frozen"))
    .option("--seed <n>", "seed of the draws", parseSeed, 1)
    .addOption(backend())
    .action(async (options) =>
      finish(await (await import("./commands/sharpness.ts")).sharpness(options, await openSession())),
    );

  addCurvatureOptions(program.command("product"))
    .description("the matrix times a vector")
    .requiredOption("--vector <file>", "a safetensors file with every parameter's part of the vector")
    .requiredOption("--out <file>", "where the product goes, as safetensors")
    .action(async (options) =>
      finish(await (await import("./commands/product.ts")).product(options, await openSession())),
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

  addComparisonCommands(program, async (work) => finish(await work(await openSession())));

  return program;
}

function addPlaneOptions(command: Command, grid: string, statistics: readonly string[]): Command {
  return command
    .option("--checkpoint <file>", "the centre, a safetensors state dict, of Basin or of PyTorch")
    .option("--run <folder>", "a run's folder: its checkpoint, unless one is given, and its recorded path")
    .option("--spec <file>", "the specification; without it the checkpoint's own")
    .option("--x <direction>", "random:SEED, eigen:N (eigen:-1 the smallest), pca:N of the path, or file:PATH")
    .option("--y <direction>", "random:SEED, eigen:N, pca:N or file:PATH")
    .option("--eigenvectors <folder>", "a spectrum's folder for eigen:N; without it they are computed, into --out")
    .addOption(
      choice(
        "--normalize <kind>",
        "how directions are scaled to the weights; by kind filter if random, else none",
        normalizations,
      ),
    )
    .addOption(
      choice(
        "--biases <treatment>",
        "biases and BatchNorm's parameters; by kind ignore if random, else include",
        biasTreatments,
      ),
    )
    .addOption(choice("--batch-norm <mode>", "the statistics that BatchNorm uses", statistics, "frozen"))
    .addOption(choice("--subset <name>", "the examples to evaluate on", surfaceSubsets, "train"))
    .option("--orthogonalize", "take from y its part along x", false)
    .option("--grid <size>", "COLUMNSxROWS", grid)
    .option("--range <range>", "MIN:MAX, or MIN:MAX,MIN:MAX for x and y; without it -1:1, and ±√(2/|λ|) along eigen:N")
    .addOption(backend());
}

function addSolverOptions(command: Command, tolerance: number): Command {
  return command
    .option("--tolerance <t>", "largest residual, relative to the largest |λ|", parsePositive, tolerance)
    .option("--max-products <n>", "stop a solve after so many products", parseCount(1), 1000)
    .option("--memory <mib>", "for the basis, in MiB", parsePositive, 1024);
}

function addCurvatureOptions(command: Command): Command {
  return command
    .requiredOption("--checkpoint <file>", "a safetensors state dict, of Basin or of PyTorch")
    .option("--spec <file>", "the specification; without it the checkpoint's own")
    .addOption(choice("--operator <kind>", "the matrix", curvatureKinds, "hessian"))
    .addOption(choice("--subset <name>", "the examples it is a mean over", surfaceSubsets, "train"))
    .addOption(choice("--batch-norm <mode>", "the statistics that BatchNorm uses", curvatureBatchNormModes, "frozen"))
    .option("--parameters <globs...>", "the block of these tensors, as features.*.weight", ["*"])
    .option("--filter-scaled", "scale rows and columns by the norms of the filters", false)
    .option("--seed <n>", "seed of random vectors and sampled labels", parseSeed, 1)
    .addOption(backend());
}
