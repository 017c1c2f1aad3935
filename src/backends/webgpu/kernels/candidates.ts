/** The implementations worth trying for a problem on a device, best guess first. Untuned plans take the first. */
import type { Lowering } from "../kernel.ts";
import type { KernelProblem } from "./problem.ts";
import type { DeviceTraits } from "./traits.ts";

export function candidates(problem: KernelProblem, traits: DeviceTraits): readonly [Lowering, ...Lowering[]] {
  throw new Error(`${problem.family} ${traits.cpu}`);
}
