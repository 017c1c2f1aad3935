/** What every backend must do, whatever it runs on. Run it with `backendSuite` from a test file of each backend. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../../src/backends/backend.ts";
import { input, type PrimitiveName, primitives } from "../../src/tensor/primitives/index.ts";
import { topologicalOrder } from "../../src/tensor/program.ts";
import { describeBindings } from "./behaviour/bindings.ts";
import { describeErrors } from "./behaviour/errors.ts";
import { describeNonFinite } from "./behaviour/non-finite.ts";
import { describeRuns } from "./behaviour/runs.ts";
import { describeTensors } from "./behaviour/tensors.ts";
import { activationCases } from "./cases/activations.ts";
import { batchCases } from "./cases/batch.ts";
import type { Case } from "./cases/case.ts";
import { elementwiseCases } from "./cases/elementwise.ts";
import { layerCases } from "./cases/layers.ts";
import { movementCases } from "./cases/movement.ts";
import { networkCases } from "./cases/networks.ts";
import { productCases } from "./cases/products.ts";
import { expectClose, toHost } from "./dense.ts";

/** Norm-wise relative errors that are allowed. */
export interface Tolerance {
  readonly value: number;
  readonly gradient: number;
}

export const float32Tolerance: Tolerance = { value: 1e-6, gradient: 1e-5 };
export const float64Tolerance: Tolerance = { value: 1e-9, gradient: 1e-9 };

const groups: Readonly<Record<string, readonly Case[]>> = {
  "elementwise primitives": elementwiseCases,
  activations: activationCases,
  "movement and reduction": movementCases,
  "products and pools": productCases,
  batches: batchCases,
  layers: layerCases,
  networks: networkCases,
};

const programOf = ({ inputs, build }: Case) => {
  const values = Object.fromEntries(Object.entries(inputs).map(([name, { type }]) => [name, input(type)]));
  return { inputs: values, outputs: build(values) };
};

async function check(backend: Backend, instance: Case, tolerance: Tolerance): Promise<void> {
  const executable = await backend.compile(programOf(instance));
  const feed = Object.fromEntries(Object.entries(instance.inputs).map(([name, dense]) => [name, toHost(dense)]));
  const [fetched] = await executable.run([feed]);
  expect(Object.keys(fetched).sort()).toEqual(Object.keys(instance.expected).sort());
  for (const [name, wanted] of Object.entries(instance.expected)) {
    const bound = instance.gradients?.includes(name) ? tolerance.gradient : tolerance.value;
    expectClose(fetched[name], wanted, bound, name);
  }
  executable.dispose();
}

export function backendSuite(name: string, create: () => Promise<Backend>, tolerance: Tolerance): void {
  describe(`${name} backend`, () => {
    let backend: Backend;
    beforeAll(async () => {
      backend = await create();
    });
    afterAll(() => backend.dispose());

    for (const [group, cases] of Object.entries(groups)) {
      describe(group, () => {
        test.for(cases.map((instance) => [instance.title, instance] as const))("%s", ([, instance]) =>
          check(backend, instance, tolerance),
        );
      });
    }

    test("the cases cover every primitive", () => {
      const values = Object.values(groups).flatMap((cases) =>
        cases.flatMap((instance) => topologicalOrder(Object.values(programOf(instance).outputs))),
      );
      const covered = new Set(values.map((value) => value.primitive.name));
      const missing = (Object.keys(primitives) as PrimitiveName[]).filter((primitive) => !covered.has(primitive));
      expect(missing).toEqual([]);
    });

    describeTensors(() => backend, create);
    describeBindings(() => backend);
    describeRuns(() => backend, create);
    describeNonFinite(() => backend);
    describeErrors(() => backend);
  });
}
