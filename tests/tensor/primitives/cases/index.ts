/** Cases of every primitive that has a derivative; a new primitive without one is a type error here. */
import type { PrimitiveName } from "../../../../src/tensor/primitives/index.ts";
import { bilinearCases } from "./bilinear.ts";
import type { Cases } from "./case.ts";
import { elementwiseCases } from "./elementwise.ts";
import { layoutCases } from "./layout.ts";
import { poolingCases } from "./pooling.ts";

/** Constants to derivatives. */
export type ConstantName = "input" | "constant" | "max" | "poolArgmax" | "imageBatch" | "takeLabels" | "oneHot";

export const primitiveCases: Readonly<Record<Exclude<PrimitiveName, ConstantName>, Cases>> = {
  ...elementwiseCases,
  ...layoutCases,
  ...bilinearCases,
  ...poolingCases,
};
