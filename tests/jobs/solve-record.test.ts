/** The history of a solve is the solve's own: whoever follows it, and however slowly. */
import { expect, it } from "vitest";
import { unpackSteps } from "../../src/experiment/solve-history.ts";
import { SolveRecord } from "../../src/jobs/solve-record.ts";
import { collect } from "./in-memory.ts";
import { openTanhProblem, solve } from "./tanh-problem.ts";

it("is whole of a solve that nobody listens to, and the same as of one that somebody follows", async () => {
  const { runner, params } = await openTanhProblem();
  const options = { ...params, ...solve, top: 2, bottom: 1 };
  const unheard = await runner.start("spectrum", options).result;
  const handle = runner.start("spectrum", options);
  const events = (await collect(handle)).flatMap((event) => (event.kind === "step" ? [event] : []));
  const followed = await handle.result;
  const [alone, heard] = [unheard, followed].map(({ history }) =>
    unpackSteps(history!).map(({ elapsedMs: _, ...step }) => step),
  );
  expect(alone.length).toBeGreaterThan(5);
  expect(alone).toEqual(heard);
  expect(alone.map(({ products }) => products)).toEqual(alone.map((_, index) => index + 1));
  for (const { kind: _, elapsedMs: __, ...event } of events) expect(heard).toContainEqual(event);
});

const stepOf = (products: number) => ({
  products,
  ritzValues: Float64Array.of(products),
  residuals: Float64Array.of(1 / products),
  converged: 0,
  elapsedMs: products * 10,
});
const productsOf = (record: SolveRecord) => [...record.history().products];

it("thins evenly, and always ends with the latest step", () => {
  const record = new SolveRecord();
  for (let products = 1; products <= 5000; products++) record.add(stepOf(products));
  const kept = productsOf(record);
  expect(kept.length).toBeLessThanOrEqual(1001);
  expect(kept[0]).toBe(1);
  expect(kept.at(-1)).toBe(5000);
  const gaps = new Set(kept.slice(1, -1).map((products, index) => products - kept[index]));
  expect(gaps).toEqual(new Set([8]));
});

it("forgets what a lost device makes the solve do again", () => {
  const record = new SolveRecord();
  for (const products of [1, 2, 3, 4, 5]) record.add(stepOf(products));
  record.goBack(3);
  expect(productsOf(record)).toEqual([1, 2, 3]);
  for (const products of [4, 5, 6]) record.add(stepOf(products));
  expect(productsOf(record)).toEqual([1, 2, 3, 4, 5, 6]);
  record.goBack(0);
  expect(productsOf(record)).toEqual([]);
});
