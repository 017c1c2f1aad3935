/** A pass for which everything that depends on the weights and the micro-batches alone was computed beforehand and kept. */
import type { DeviceTensor, Executable } from "../../backends/backend.ts";
import { deviceBytes } from "../../tensor/cost.ts";
import { type SplitProgram, split } from "../../tensor/hoist.ts";
import type { Program } from "../../tensor/program.ts";
import { bindings } from "../../training/device-weights.ts";
import type { MicroBatch } from "../../training/micro-batches.ts";
import { keepFeed, named, type PassTensors, type ProductPass } from "./pass.ts";
import { dynamicInputs, productName, traceProducts, vectorName } from "./trace-products.ts";

/** Null when residuals and temporaries of all micro-batches do not fit into `budgetBytes`. Rejects with the signal's reason. */
export async function createHoistedPass(
  tensors: PassTensors,
  budgetBytes: number,
  signal?: AbortSignal,
): Promise<ProductPass | null> {
  const { matrix, images, microBatches, vectors } = tensors;
  const splits = new Map(microBatches.map(({ size }) => [size, undefined as SplitProgram | undefined]));
  let bytes = 0;
  for (const { size } of microBatches) {
    const parts =
      splits.get(size) ?? split(traceProducts(matrix, images, size, vectors.length), dynamicInputs(vectors.length));
    splits.set(size, parts);
    bytes += Object.values(parts.residuals).reduce((total, residual) => total + deviceBytes(residual), 0);
  }
  if (bytes > budgetBytes) return null;

  const owned: { dispose(): void }[] = [];
  const dispose = () => {
    for (const each of owned) each.dispose();
  };
  try {
    const executables: Executable[] = [];
    for (const batch of microBatches) {
      signal?.throwIfAborted();
      const executable = await prepare(tensors, batch, splits.get(batch.size)!, owned);
      bytes += executable.statistics.temporaryBytes;
      if (bytes > budgetBytes) {
        dispose();
        return null;
      }
      executables.push(executable);
    }
    return {
      flop: executables.reduce((total, { statistics }) => total + statistics.flops, 0),
      async enqueue(window, signal) {
        for (const [i, executable] of executables.entries()) {
          const { flops } = executable.statistics;
          await window.room(flops, signal);
          // A failure shows in whatever is enqueued or read next.
          window.track(flops, () => executable.run([keepFeed(i === 0)])).catch(() => {});
        }
      },
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** Runs one micro-batch's prelude; its remainder. What lives on is put into `owned`. */
async function prepare(
  { backend, images, labels, weights, vectors, products }: PassTensors,
  { size, indices }: MicroBatch,
  { prelude, remainder, residuals }: SplitProgram,
  owned: { dispose(): void }[],
): Promise<Executable> {
  const create = (label: string, type: DeviceTensor["type"], data?: Int32Array) => {
    const tensor = backend.createTensor(type, data, label);
    owned.push(tensor);
    return tensor;
  };
  const kept = Object.fromEntries(Object.entries(residuals).map(([name, { type }]) => [name, create(name, type)]));
  const fixed = {
    ...bindings(weights),
    pixels: images.pixels,
    labels,
    indices: create("batch", { dtype: "int", shape: [size] }, indices),
    draws: create("no augmentation", { dtype: "int", shape: [size, 3] }),
  };
  const first = await backend.compile(prelude, { inputs: inputsOf(prelude, fixed), outputs: kept });
  try {
    await first.run([{}]);
  } finally {
    first.dispose();
  }
  const sums = named(products, productName);
  const inputs = inputsOf(remainder, { ...fixed, ...kept, ...named(vectors, vectorName), ...sums });
  const executable = await backend.compile(remainder, { inputs, outputs: sums });
  owned.push(executable);
  return executable;
}

/** Those of `tensors` that the program reads. */
const inputsOf = ({ inputs }: Program, tensors: Readonly<Record<string, DeviceTensor>>) =>
  Object.fromEntries(Object.entries(tensors).filter(([name]) => name in inputs));
