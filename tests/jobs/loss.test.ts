/** The loss that a specification names is the one that jobs compute: of a net whose logits are all 0, in closed form. */
import { expect, it } from "vitest";
import { createTestRunner, smallSpec } from "./in-memory.ts";

it.each([
  [{}, Math.log(10)],
  [{ loss: "cross-entropy", labelSmoothing: 0.1 }, Math.log(10)],
  [{ loss: "mse" }, 1 / 2],
  [{ loss: "mse", labelSmoothing: 0.2 }, (0.82 ** 2 + 9 * 0.02 ** 2) / 2],
])("%o", async (changes, wanted) => {
  const spec = smallSpec({
    model: { name: "fixup-resnet", depth: 8, width: 0.25 },
    data: { source: "synthetic", train: { count: 10, select: "balanced" }, test: { count: 2 } },
    init: { scheme: "fixup" },
    ...changes,
  });
  const runner = createTestRunner();
  const weights = await runner.start("initialize", { spec }).result;
  const { loss } = await runner.start("evaluate", { spec, weights, subset: "train", backend: "reference" }).result;
  expect(loss).toBeCloseTo(wanted, 6);
});

it("that is usual leaves the specification as it was before there were others", () => {
  expect(smallSpec({ loss: "cross-entropy", labelSmoothing: 0 })).toEqual(smallSpec());
  expect(JSON.stringify(smallSpec({ loss: "cross-entropy" }))).toBe(JSON.stringify(smallSpec()));
  expect(() => smallSpec({ labelSmoothing: 1 })).toThrow(/labelSmoothing is 1/);
});
