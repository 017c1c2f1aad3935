/** Products in float64 against dense matrices by PyTorch, column by column. */
import { describe, expect, it } from "vitest";
import { expectClose, sample } from "../../tensor/vectors.ts";
import { type Choice, openOperator } from "./problem.ts";
import { matrices, type NetName, problemOf, smallNets, storedColumns, torchPlaces } from "./small-nets.ts";

const kinds = ["hessian", "ggn", "empiricalFisher"] as const;

describe.each(Object.keys(matrices) as NetName[])("%s", (name) => {
  const { model, loss, batchNorm } = smallNets[name];
  const problem = problemOf(name);
  const places = torchPlaces(model);
  const unit = (place: number) => new Float64Array(model.layout.length).fill(1, place, place + 1);

  async function expectColumns(kind: (typeof kinds)[number], choice: Choice) {
    const { operator, multiply } = await openOperator(problem, { kind, loss, batchNorm, ...choice });
    const found = await multiply(...places.map(unit));
    const expected = storedColumns(model, matrices[name][kind]);
    const scale = Math.max(...expected.map((column) => Math.hypot(...column)));
    expected.forEach((column, i) => {
      expectClose(found[i], column, 1e-9, { floor: 1e-3 * scale, subject: `${kind} column ${i}` });
    });
    return operator;
  }

  it.each(kinds)("the %s", async (kind) => {
    const operator = await expectColumns(kind, {});
    expect(operator.dimension).toBe(places.length);
  });

  it("the Hessian in blocks of four, its common part kept", async () => {
    const operator = await expectColumns("hessian", { width: 4, hoistBytes: 1e6 });
    expect(operator.isHoisted).toBe(true);
    await expectColumns("ggn", { width: 4 });
  });

  it("does not hoist beyond its budget", async () => {
    const { operator, multiply } = await openOperator(problem, { loss, batchNorm, hoistBytes: 100 });
    const { multiply: multiplyHoisted } = await openOperator(problem, { loss, batchNorm, hoistBytes: 1e6 });
    expect(operator.isHoisted).toBe(false);
    const v = sample([model.layout.length], 5);
    expectClose((await multiplyHoisted(v))[0], (await multiply(v))[0], 1e-13);
  });
});
