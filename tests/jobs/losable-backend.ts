/** A backend whose device goes away in the middle of its work, as a GPU's may. */
import { type Backend, DeviceLostError, type Executable } from "../../src/backends/backend.ts";
import { createReferenceBackend } from "../../src/backends/reference/backend.ts";

/** Float64 loops that pass for a GPU and are lost at the `lostAt`-th product of an operator with a vector. */
export function createLosableBackend(lostAt: number): Backend {
  const inner = createReferenceBackend();
  const error = new DeviceLostError("The test took the device away.");
  let report = (_: DeviceLostError): void => {};
  const lost = new Promise<DeviceLostError>((resolve) => {
    report = resolve;
  });
  let [isLost, products] = [false, 0];
  const guard = () => {
    if (isLost) throw error;
  };
  return {
    kind: "webgpu",
    description: "a GPU that is lost",
    memory: inner.memory,
    lost,
    createTensor(...tensor) {
      guard();
      return inner.createTensor(...tensor);
    },
    write(tensor, data) {
      if (!isLost) inner.write(tensor, data);
    },
    async read(tensor) {
      guard();
      const data = await inner.read(tensor);
      guard();
      return data;
    },
    async compile(program, bindings) {
      guard();
      const executable: Executable = await inner.compile(program, bindings);
      const isProduct = "product0" in program.outputs;
      return {
        statistics: executable.statistics,
        async run(feeds) {
          guard();
          if (isProduct && ++products === lostAt) {
            isLost = true;
            report(error);
            throw error;
          }
          return executable.run(feeds);
        },
        dispose: () => executable.dispose(),
      };
    },
    idle: () => inner.idle(),
    dispose: () => inner.dispose(),
  };
}
