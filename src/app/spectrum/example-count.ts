/** How many examples a subset has before it is loaded: what the spec asks for, or all that CIFAR-10 has. */
import type { Spec } from "../../experiment/spec.ts";
import type { SurfaceSubset } from "../../experiment/surface.ts";

const whole = { train: 50_000, test: 10_000 } as const;

export const exampleCount = ({ data }: Spec, subset: SurfaceSubset): number => data[subset].count ?? whole[subset];
