/** The command of every measurement, in the order of the help. */
import type { Command } from "commander";
import type { ResultName } from "../../experiment/measurements/list.ts";
import type { RunCommand } from "../run-command.ts";
import { convexity } from "./convexity.ts";
import { density } from "./density.ts";
import { layers } from "./layers.ts";
import type { ListedCommand } from "./measurement-command.ts";
import { sharpness } from "./sharpness.ts";
import { spectrum } from "./spectrum.ts";
import { subsets } from "./subsets.ts";
import { trace } from "./trace.ts";

const measurementCommands: { readonly [Name in ResultName]: ListedCommand<Name> } = {
  convexity,
  spectrum,
  layers,
  subsets,
  density,
  trace,
  sharpness,
};

export function addMeasurementCommands(program: Command, run: RunCommand): void {
  for (const command of Object.values(measurementCommands)) command.addTo(program, run);
}
