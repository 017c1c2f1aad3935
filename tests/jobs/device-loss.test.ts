/** A spectrum whose device is lost in mid-solve. */
import { expect, it } from "vitest";
import { DeviceLostError } from "../../src/backends/backend.ts";
import type { CurvatureStarted } from "../../src/jobs/curvature-jobs.ts";
import { collect, createTestRunner } from "./in-memory.ts";
import { createLosableBackend } from "./losable-backend.ts";
import { openTanhProblem, solve } from "./tanh-problem.ts";

const never = Number.POSITIVE_INFINITY;

/** A spectrum on devices that are lost at these products, one after another. */
async function solveLosing(losses: readonly number[]) {
  const { params } = await openTanhProblem();
  let made = 0;
  const runner = createTestRunner({
    createBackend: async () => ({ backend: createLosableBackend(losses[made++] ?? never) }),
  });
  const options = { ...solve, tolerance: 1e-4, top: 4, bottom: 1 };
  const handle = runner.start("spectrum", { ...params, ...options, backend: "webgpu" });
  const [events, result] = await Promise.allSettled([collect(handle), handle.result]);
  if (events.status === "rejected") throw events.reason;
  const started = events.value.filter((event): event is CurvatureStarted => event.kind === "started");
  return { resumed: started.map((event) => event.resumed), result, made };
}

it("goes on from the stored basis and says what has to be done again", async () => {
  const whole = await solveLosing([]);
  const lost = await solveLosing([9]);
  expect(lost.made).toBe(2);
  expect(lost.resumed).toEqual([undefined, { products: 5, lostProducts: 3 }]);
  if (whole.result.status === "rejected" || lost.result.status === "rejected") throw new Error("rejected");
  const [expected, found] = [whole.result.value, lost.result.value];
  expect(found.status).toBe("converged");
  expect(found.products).toBe(expected.products);
  expect([...found.eigenvalues]).toEqual([...expected.eigenvalues]);
  expect(found.vectors).toEqual(expected.vectors);
  expect(found.history?.products).toEqual(expected.history?.products);
  expect(found.history?.ritzValues).toEqual(expected.history?.ritzValues);
});

it("begins anew when nothing was stored yet", async () => {
  const { resumed, result } = await solveLosing([3]);
  expect(resumed).toEqual([undefined, { products: 0, lostProducts: 2 }]);
  expect(result.status).toBe("fulfilled");
});

it("gives up on devices that are lost again and again", async () => {
  const { result, made } = await solveLosing([9, 2, 2, 2, 2, 2]);
  expect(made).toBe(4);
  if (result.status === "fulfilled") throw new Error("resolved");
  expect(result.reason).toBeInstanceOf(DeviceLostError);
});
