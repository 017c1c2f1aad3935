/** A pass for which everything that depends on the weights and the micro-batches alone was computed beforehand and kept. */
import type { DeviceTensor, Executable } from "../../backends/backend.ts";
import { bindings } from "../../execution/device-weights.ts";
import type { MicroBatch } from "../../execution/micro-batches.ts";
import { deviceBytes } from "../../tensor/cost.ts";
import { type SplitProgram, split } from "../../tensor/hoist.ts";
import type { Program } from "../../tensor/program.ts";
import { keepFeed, named, type PassTensors, type ProductPass } from "./pass.ts";
import { dynamicInputs, productName, traceProducts, vectorName } from "./trace-products.ts";

interface PreparedBatch {
  readonly remainder: Executable;
  /** int [size] */
  readonly indices: DeviceTensor;
  /** Computes the residuals anew; absent where that was not asked for. */
  readonly prelude?: Executable;
}

/** Null when residuals and temporaries of all micro-batches do not fit into `budgetBytes`. Rejects with the signal's reason. */
export async function createHoistedPass(
  tensors: PassTensors,
  budgetBytes: number,
  isRenewable: boolean,
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
    const prepared: PreparedBatch[] = [];
    for (const batch of microBatches) {
      signal?.throwIfAborted();
      const parts = await prepare(tensors, batch, splits.get(batch.size)!, isRenewable, owned);
      bytes += parts.remainder.statistics.temporaryBytes + (parts.prelude?.statistics.temporaryBytes ?? 0);
      if (bytes > budgetBytes) {
        dispose();
        return null;
      }
      prepared.push(parts);
    }
    return {
      flop: prepared.reduce((total, { remainder }) => total + remainder.statistics.flops, 0),
      async enqueue(window, signal) {
        for (const [i, { remainder }] of prepared.entries()) {
          const { flops } = remainder.statistics;
          await window.room(flops, signal);
          // A failure shows in whatever is enqueued or read next.
          window.track(flops, () => remainder.run([keepFeed(i === 0)])).catch(() => {});
        }
      },
      async renew(renewed, signal) {
        for (const [i, { prelude, indices }] of prepared.entries()) {
          if (!prelude) throw new RangeError("An operator that was not made to be renewed.");
          signal?.throwIfAborted();
          tensors.backend.write(indices, renewed[i].indices);
          await prelude.run([{}]);
        }
      },
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** Runs one micro-batch's prelude. What lives on is put into `owned`. */
async function prepare(
  { backend, images, labels, weights, vectors, products }: PassTensors,
  { size, indices: examples }: MicroBatch,
  { prelude, remainder, residuals }: SplitProgram,
  isRenewable: boolean,
  owned: { dispose(): void }[],
): Promise<PreparedBatch> {
  const create = (label: string, type: DeviceTensor["type"], data?: Int32Array) => {
    const tensor = backend.createTensor(type, data, label);
    owned.push(tensor);
    return tensor;
  };
  const kept = Object.fromEntries(Object.entries(residuals).map(([name, { type }]) => [name, create(name, type)]));
  const indices = create("batch", { dtype: "int", shape: [size] }, examples);
  const fixed = {
    ...bindings(weights),
    pixels: images.pixels,
    labels,
    indices,
    draws: create("no augmentation", { dtype: "int", shape: [size, 3] }),
  };
  const first = await backend.compile(prelude, { inputs: inputsOf(prelude, fixed), outputs: kept });
  if (isRenewable) owned.push(first);
  try {
    await first.run([{}]);
  } finally {
    if (!isRenewable) first.dispose();
  }
  const sums = named(products, productName);
  const inputs = inputsOf(remainder, { ...fixed, ...kept, ...named(vectors, vectorName), ...sums });
  const executable = await backend.compile(remainder, { inputs, outputs: sums });
  owned.push(executable);
  return { remainder: executable, indices, ...(isRenewable && { prelude: first }) };
}

/** Those of `tensors` that the program reads. */
const inputsOf = ({ inputs }: Program, tensors: Readonly<Record<string, DeviceTensor>>) =>
  Object.fromEntries(Object.entries(tensors).filter(([name]) => name in inputs));
