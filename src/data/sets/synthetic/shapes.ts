/**
 * The ten shapes of the synthetic set. Each is a region of the plane of area exactly 1 about the origin, so that a
 * shape's class cannot be told from how much of a picture it covers. Only + − × ÷ and comparisons on IEEE doubles:
 * the same answer on every platform.
 */
import type { Shape } from "./canvas.ts";
import type { syntheticFacts } from "./facts.ts";

const { abs } = Math;

/** Square roots and sines below are literals: Math.sqrt and Math.sin may differ between engines in the last place. */
const inverseOfPi = 0.3183098861837907;

const disc: Shape = (x, y) => x * x + y * y <= inverseOfPi;

/** Inner radius 0.6 of the outer one. */
const ring: Shape = (x, y) => {
  const outer = inverseOfPi / 0.64;
  const squared = x * x + y * y;
  return squared <= outer && squared >= 0.36 * outer;
};

const square: Shape = (x, y) => abs(x) <= 0.5 && abs(y) <= 0.5;

/** A square of side 1.25 with a hole of side 0.75. */
const frame: Shape = (x, y) => {
  const reach = Math.max(abs(x), abs(y));
  return reach <= 0.625 && reach >= 0.375;
};

/** Equilateral: height 3^(1/4), inradius a third of it. */
const triangle: Shape = (x, y) => {
  const inradius = 0.4386913376508308;
  const cos30 = 0.8660254037844386;
  return y <= inradius && cos30 * abs(x) - 0.5 * y <= inradius;
};

/** Two bars three times as long as they are wide: five unit squares of side 1/√5. */
const cross: Shape = (x, y) => {
  const half = 0.22360679774997896;
  const ax = abs(x);
  const ay = abs(y);
  return (ax <= half && ay <= 3 * half) || (ay <= half && ax <= 3 * half);
};

/** A pentagram's outline: outside at most one of the five lines that bound its inner pentagon. */
const star: Shape = (x, y) => {
  const inradius = 0.29165918609775354;
  const ax = abs(x);
  const [cos72y, sin72x] = [0.3090169943749474 * y, 0.9510565162951535 * ax];
  const [cos36y, sin36x] = [0.8090169943749475 * y, 0.5877852522924731 * ax];
  const above = y > inradius;
  const upperNear = sin72x + cos72y > inradius;
  const upperFar = cos72y - sin72x > inradius;
  const lowerNear = sin36x - cos36y > inradius;
  const lowerFar = -cos36y - sin36x > inradius;
  return Number(above) + Number(upperNear) + Number(upperFar) + Number(lowerNear) + Number(lowerFar) <= 1;
};

/** A disc less a second one, 0.8 times as wide and half a radius aside; moved so that its middle is the origin. */
const crescent: Shape = (x, y) => {
  const fromFull = x - 0.16;
  const fromCut = fromFull - 0.40429629793661986;
  return fromFull * fromFull + y * y <= 0.6538219861010244 && fromCut * fromCut + y * y >= 0.4184460711046557;
};

/** Three bars five times as long as wide, a width apart. */
const bars: Shape = (x, y) => {
  const half = 0.12909944487358055;
  if (abs(x) > 5 * half) return false;
  const ay = abs(y);
  return ay <= half || (ay >= 3 * half && ay <= 5 * half);
};

/** The five dark fields of a 3 × 3 chessboard. */
const checks: Shape = (x, y) => {
  const half = 0.22360679774997896;
  const ax = abs(x);
  const ay = abs(y);
  return (ax <= half && ay <= half) || (ax >= half && ax <= 3 * half && ay >= half && ay <= 3 * half);
};

/** The shape drawn for every class, by class name. */
export const shapes: Readonly<Record<(typeof syntheticFacts.classNames)[number], Shape>> = {
  disc,
  ring,
  square,
  frame,
  triangle,
  cross,
  star,
  crescent,
  bars,
  checks,
};

/** No shape reaches farther than this from the origin. */
export const shapeReach = 0.96;
