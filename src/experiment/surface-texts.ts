/**
 * The short texts that the command line and a link use for a surface's directions, grid and range. Each parser takes the
 * option's name for its message, and throws SpecError.
 */
import { SpecError, showValue } from "./spec-error.ts";

export interface RandomDirection {
  readonly kind: "random";
  readonly seed: number;
}

/** An eigenvector of the Hessian: 1 the one of the largest eigenvalue, 2 the next; −1 that of the smallest. Not 0. */
export interface EigenDirection {
  readonly kind: "eigen";
  readonly index: number;
}

/** A principal direction of the points recorded of the run's training: 1 the one of the largest variance. */
export interface PrincipalDirection {
  readonly kind: "pca";
  readonly index: number;
}

/** What names a direction before it is drawn, computed or read. */
export type DirectionSpec =
  | RandomDirection
  | EigenDirection
  | PrincipalDirection
  | { readonly kind: "file"; readonly path: string };

export interface GridSize {
  /** Points along the first direction, α. */
  readonly columns: number;
  /** Points along the second direction, β. */
  readonly rows: number;
}

export interface Interval {
  readonly min: number;
  readonly max: number;
}

export const maxSeed = 4_294_967_295;
/** Largest index of an eigenvector, from either end. */
export const maxEigenIndex = 9999;
/** Largest index of a principal direction: two span the plane of a path. */
export const maxPrincipalIndex = 2;
export const maxGridCount = 1001;
export const maxCoordinate = 1e6;

/** `random:SEED`, `eigen:N`, `pca:N` or `file:PATH`. */
export function parseDirection(text: string, option: string): DirectionSpec {
  const path = text.match(/^file:(.+)$/s)?.[1];
  if (path !== undefined) return { kind: "file", path };
  const index = text.match(/^eigen:(-?[1-9]\d{0,3})$/)?.[1];
  if (index !== undefined) return { kind: "eigen", index: Number(index) };
  const principal = Number(text.match(/^pca:(\d)$/)?.[1]);
  if (principal >= 1 && principal <= maxPrincipalIndex) return { kind: "pca", index: principal };
  const seed = text.match(/^random:(\d{1,10})$/)?.[1];
  if (seed === undefined || Number(seed) > maxSeed)
    return refuse(
      option,
      text,
      `Give random:SEED with a whole number from 0 to ${maxSeed}, eigen:N, pca:1 or pca:2, or file:PATH.`,
    );
  return { kind: "random", seed: Number(seed) };
}

export function formatDirection(direction: DirectionSpec): string {
  switch (direction.kind) {
    case "random":
      return `random:${direction.seed}`;
    case "eigen":
      return `eigen:${direction.index}`;
    case "pca":
      return `pca:${direction.index}`;
    case "file":
      return `file:${direction.path}`;
  }
}

/** `COLUMNSxROWS`, as 51x51; one number stands for both. */
export function parseGrid(text: string, option: string): GridSize {
  const [, columns, rows = columns] = text.match(/^(\d{1,5})(?:x(\d{1,5}))?$/) ?? [];
  const fits = [Number(columns), Number(rows)].every((count) => count >= 1 && count <= maxGridCount);
  if (!fits) return refuse(option, text, `Give COLUMNSxROWS, each from 1 to ${maxGridCount}, such as 21x21.`);
  return { columns: Number(columns), rows: Number(rows) };
}

export function formatGrid({ columns, rows }: GridSize): string {
  return `${columns}x${rows}`;
}

/** `MIN:MAX` for both directions, or `MIN:MAX,MIN:MAX` for the first and the second. */
export function parseRanges(text: string, option: string): { readonly alpha: Interval; readonly beta: Interval } {
  const intervals = text.split(",").map(parseInterval);
  const [alpha, beta = alpha] = intervals;
  if (intervals.length > 2 || alpha === null || beta === null)
    return refuse(
      option,
      text,
      `Give MIN:MAX, such as -1:1, or MIN:MAX,MIN:MAX; MIN below MAX, within ±${maxCoordinate}.`,
    );
  return { alpha, beta };
}

export function formatRanges(alpha: Interval, beta: Interval): string {
  const [first, second] = [alpha, beta].map(({ min, max }) => `${min}:${max}`);
  return first === second ? first : `${first},${second}`;
}

function parseInterval(text: string): Interval | null {
  const ends = text.split(":").map(parseDecimal);
  const [min, max] = ends;
  if (ends.length !== 2 || min === null || max === null) return null;
  return min < max && min >= -maxCoordinate && max <= maxCoordinate ? { min, max } : null;
}

/** A decimal number and nothing else: no blanks, no hexadecimal, no "Infinity". Null for other texts. */
export function parseDecimal(text: string): number | null {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}

function refuse(option: string, text: string, remedy: string): never {
  const found = showValue(text);
  throw new SpecError(option, [{ path: option, found, what: `${option} is ${found}.`, remedy }]);
}
