/** A pass that computes all of every micro-batch each time. */
import { compileBySize } from "../../execution/batch-executables.ts";
import { bindings } from "../../execution/device-weights.ts";
import { groupBySize } from "../../execution/micro-batches.ts";
import { keepFeed, named, type PassTensors, type ProductPass } from "./pass.ts";
import { productName, traceProducts, vectorName } from "./trace-products.ts";

export async function createRecomputingPass(tensors: PassTensors): Promise<ProductPass> {
  const { backend, matrix, images, labels, weights, microBatches, vectors } = tensors;
  const products = named(tensors.products, productName);
  const executables = await compileBySize(
    backend,
    microBatches.map(({ size }) => size),
    (size) => traceProducts(matrix, images, size, vectors.length),
    {
      inputs: { ...bindings(weights), ...named(vectors, vectorName), ...products, pixels: images.pixels, labels },
      outputs: products,
    },
    true,
  );
  const flopOf = (size: number) => executables.of(size).statistics.flops;
  let current = microBatches;
  return {
    flop: microBatches.reduce((total, { size }) => total + flopOf(size), 0),
    async enqueue(window, signal) {
      for (const batches of groupBySize(current, (size) => window.itemsPerSubmission(flopOf(size)))) {
        const [{ size }] = batches;
        const flop = flopOf(size) * batches.length;
        await window.room(flop, signal);
        const feeds = batches.map((batch) => ({ indices: batch.indices, ...keepFeed(batch === current[0]) }));
        // A failure shows in whatever is enqueued or read next.
        window.track(flop, () => executables.of(size).run(feeds)).catch(() => {});
      }
    },
    async renew(renewed) {
      current = renewed;
    },
    dispose: () => executables.dispose(),
  };
}
