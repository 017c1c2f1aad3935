/** One executable for each batch size that occurs, all bound to the same tensors. */
import type { Backend, DeviceTensor, Executable } from "../backends/backend.ts";
import type { Program } from "../tensor/program.ts";

export interface BatchExecutables {
  /** The executable for batches of `size`. */
  of(size: number): Executable;
  readonly all: readonly Executable[];
  dispose(): void;
}

interface BatchBindings {
  readonly inputs: Readonly<Record<string, DeviceTensor>>;
  readonly outputs?: Readonly<Record<string, DeviceTensor>>;
}

/** Compiles `trace(size)` for every size. With `still`, the program's `draws` are zeros: images as they are. */
export async function compileBySize(
  backend: Backend,
  sizes: Iterable<number>,
  trace: (size: number) => Program,
  { inputs, outputs }: BatchBindings,
  still: boolean,
): Promise<BatchExecutables> {
  const executables = new Map<number, Executable>();
  const zeros: DeviceTensor[] = [];
  const dispose = () => {
    for (const owned of [...executables.values(), ...zeros]) owned.dispose();
  };
  try {
    for (const size of new Set(sizes)) {
      const stillInputs: Record<string, DeviceTensor> = {};
      if (still) {
        stillInputs.draws = backend.createTensor({ dtype: "int", shape: [size, 3] }, undefined, "no augmentation");
        zeros.push(stillInputs.draws);
      }
      executables.set(size, await backend.compile(trace(size), { inputs: { ...inputs, ...stillInputs }, outputs }));
    }
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    of(size) {
      const executable = executables.get(size);
      if (!executable) throw new RangeError(`No executable for batches of ${size}.`);
      return executable;
    },
    all: [...executables.values()],
    dispose,
  };
}
