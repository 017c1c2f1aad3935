/** Images side by side in their channels (Huang et al. 2017): every channel stays the unit that it was. */
import { concat } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";
import type { Scope } from "../scope.ts";

/** Images [n, h, w, a] and [n, h, w, b] → [n, h, w, a + b]. */
export function concatChannels({ units }: Scope, a: Value, b: Value): Value {
  return units.tagChannels(concat([a, b], 3), Int32Array.from([...units.channelsOf(a), ...units.channelsOf(b)]));
}
