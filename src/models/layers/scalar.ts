/** Layers of one number (Zhang, Dauphin & Ma 2019): a bias that all elements share, and a factor that begins at 1. */
import { add, multiply, reshape } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";
import type { Scope } from "../scope.ts";
import { declareVector } from "./vector.ts";

const scalar = (scope: Scope, name: string, role: "bias" | "scale"): Value =>
  reshape(scope.parameter(name, declareVector(role, 1)), []);

/** `x` plus the number called `name`. */
export const addScalar = (scope: Scope, name: string, x: Value): Value =>
  scope.units.handOn(x, add(x, scalar(scope, name, "bias")));

/** `x` times the number called `name`. */
export const scaleByScalar = (scope: Scope, name: string, x: Value): Value =>
  scope.units.handOn(x, multiply(x, scalar(scope, name, "scale")));
