/** Kinds of options that several commands have, and how their values are read. */
import { InvalidArgumentError, Option } from "commander";
import { maxSeed, parseDecimal } from "../experiment/surface-texts.ts";

export function parseSeed(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && seed <= maxSeed) return seed;
  throw new InvalidArgumentError(`Give a whole number from 0 to ${maxSeed}.`);
}

export const parseCount = (min: number) => (text: string) => {
  if (/^\d{1,9}$/.test(text) && Number(text) >= min) return Number(text);
  throw new InvalidArgumentError(`Give a whole number from ${min}.`);
};

export function parsePositive(text: string): number {
  const value = parseDecimal(text);
  if (value !== null && value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("Give a number above 0.");
}

/** Reads a number from 0 to 100. */
export function parseFraction(text: string): number {
  const value = parseDecimal(text);
  if (value !== null && value >= 0 && value <= 100) return value;
  throw new InvalidArgumentError("Give a number from 0 to 100.");
}

export const backendChoices = ["auto", "webgpu", "tfjs", "reference"] as const;

export const backend = () =>
  new Option("--backend <name>", "where to compute; auto is the faster of webgpu and tfjs here")
    .choices(backendChoices)
    .default("auto");
export const choice = (flags: string, description: string, choices: readonly string[], chosen?: string) =>
  new Option(flags, description).choices(choices).default(chosen);
