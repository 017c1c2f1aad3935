/**
 * What every backend checks before it touches memory: that data, bindings and feeds fit the program. All failures are
 * ProgramErrors that name the input or output and say what was expected.
 */
import { describeShape } from "../tensor/primitives/elementwise.ts";
import {
  type DType,
  elementCount,
  type Program,
  sameShape,
  type TensorType,
  topologicalOrder,
  type Value,
} from "../tensor/program.ts";
import { type Bindings, type DeviceTensor, type Feed, type HostArray, ProgramError } from "./backend.ts";

const describeType = ({ dtype, shape }: TensorType): string => `${dtype} ${describeShape(shape)}`;

const sameType = (a: TensorType, b: TensorType): boolean => a.dtype === b.dtype && sameShape(a.shape, b.shape);

const fitsDType: Readonly<Record<DType, (data: HostArray) => boolean>> = {
  float: (data: HostArray) => data instanceof Float32Array || data instanceof Float64Array,
  int: (data: HostArray) => data instanceof Int32Array,
  byte: (data: HostArray) => data instanceof Uint8Array,
};

/** Throws unless `data` has the array type and the length of `type`. `subject` begins the message. */
export function checkData(subject: string, type: TensorType, data: HostArray): void {
  if (!fitsDType[type.dtype](data)) {
    throw new ProgramError(`${subject} is ${describeType(type)} and does not take a ${data.constructor.name}`);
  }
  if (data.length !== elementCount(type.shape)) {
    const count = elementCount(type.shape);
    throw new ProgramError(`${subject} is ${describeType(type)} and takes ${count} elements, not ${data.length}`);
  }
}

const list = (names: readonly string[]) => (names.length > 0 ? names.join(", ") : "none");

function checkSide(
  side: "input" | "output",
  values: Readonly<Record<string, Value>>,
  tensors: Readonly<Record<string, DeviceTensor>>,
  owns: (tensor: DeviceTensor) => boolean,
): void {
  for (const [name, tensor] of Object.entries(tensors)) {
    if (!Object.hasOwn(values, name)) {
      throw new ProgramError(`binding of unknown ${side} "${name}"; the program has: ${list(Object.keys(values))}`);
    }
    if (!owns(tensor)) {
      throw new ProgramError(`${side} "${name}" is bound to a tensor that is disposed or of another backend`);
    }
    if (!sameType(values[name].type, tensor.type)) {
      const [wanted, found] = [values[name].type, tensor.type].map(describeType);
      throw new ProgramError(`${side} "${name}" is ${wanted} but is bound to a tensor of ${found}`);
    }
  }
}

/** Throws unless the program is closed and `bindings` fit it; `owns` tells this backend's live tensors. */
export function checkProgram(program: Program, bindings: Bindings, owns: (tensor: DeviceTensor) => boolean): void {
  checkSide("input", program.inputs, bindings.inputs ?? {}, owns);
  checkSide("output", program.outputs, bindings.outputs ?? {}, owns);
  const written = Object.values(bindings.outputs ?? {});
  if (new Set(written).size < written.length) throw new ProgramError("two outputs are bound to one tensor");
  const supplied = new Set(Object.values(program.inputs));
  for (const value of topologicalOrder(Object.values(program.outputs))) {
    if (value.primitive.name === "input" && !supplied.has(value)) {
      throw new ProgramError(`the program reads a ${describeType(value.type)} that is not among its inputs`);
    }
  }
}

/** Throws unless `feed` supplies exactly the inputs that are not bound. */
export function checkFeed(program: Program, bindings: Bindings, feed: Feed): void {
  const fed = Object.keys(program.inputs).filter((name) => !Object.hasOwn(bindings.inputs ?? {}, name));
  for (const name of Object.keys(feed)) {
    if (!fed.includes(name)) throw new ProgramError(`feed of unknown input "${name}"; a run takes: ${list(fed)}`);
  }
  for (const name of fed) {
    if (!Object.hasOwn(feed, name)) throw new ProgramError(`input "${name}" is neither bound nor fed`);
    checkData(`input "${name}"`, program.inputs[name].type, feed[name]);
  }
}
