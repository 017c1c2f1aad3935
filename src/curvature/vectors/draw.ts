/** Seeded random vectors on an operator's support. */
import { openRandomStream } from "../../data/random.ts";
import { normalSource } from "../../models/normal.ts";
import type { SymmetricOperator } from "../operator.ts";

export const drawKinds = ["rademacher", "gaussian"] as const;
/** Independent ±1, or N(0, 1). */
export type DrawKind = (typeof drawKinds)[number];

/** Draw number `index` of `seed`: float32 [operator.length], zero outside the support. */
export function drawVector(
  { length, support }: Pick<SymmetricOperator, "length" | "support">,
  kind: DrawKind,
  seed: number,
  index: number,
): Float32Array<ArrayBuffer> {
  const vector = new Float32Array(length);
  const random = openRandomStream("direction", seed, index, drawKinds.indexOf(kind));
  const draw = kind === "gaussian" ? normalSource(random) : signSource(() => random.next());
  for (const span of support) {
    for (let i = span.start; i < span.start + span.length; i++) vector[i] = draw();
  }
  return vector;
}

/** Thirty-two signs a word. */
function signSource(nextWord: () => number): () => number {
  let [word, left] = [0, 0];
  return () => {
    if (left === 0) [word, left] = [nextWord(), 32];
    const sign = word & 1 ? 1 : -1;
    word >>>= 1;
    left--;
    return sign;
  };
}
