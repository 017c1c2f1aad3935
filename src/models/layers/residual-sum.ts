/** The sum of two branches of a residual block (He et al. 2015): the units of both become one, channel by channel. */
import { add } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";
import type { Scope } from "../scope.ts";

/** `a` + `b`, of one shape. */
export function residualSum({ units }: Scope, a: Value, b: Value): Value {
  return units.tagChannels(add(a, b), units.unite(units.channelsOf(a), units.channelsOf(b)));
}
