/**
 * The code of one loop over a matrix of elements: stores values (`map`), or sums them up in float64 (`sum`). Four columns
 * at a time in vector registers where the machine has them, the rest one by one.
 */
import { asAny, type ValueOf } from "../../../tensor/primitives/index.ts";
import type { Value } from "../../../tensor/program.ts";
import { type Code, type FunctionBody, type LocalType, wasm } from "./assembler.ts";
import { broadcastPattern, reductionPattern } from "./domain.ts";
import { operations, scalarWidth, type Width } from "./loop-operations.ts";

/** Values computed in one pass over `rows` × `columns` elements. */
export interface Loop {
  readonly kind: "map" | "sum";
  readonly rows: number;
  readonly columns: number;
  /** Whether the elements may be seen as any other matrix too. */
  readonly isFlat: boolean;
  /** Stored values, or sums of one pattern. */
  readonly roots: readonly Value[];
  /** What the roots need, operands first. */
  readonly expression: readonly Value[];
}

/** Where a loop finds its tensors. */
export interface LoopAddresses {
  /** Byte address of a value that is in memory; null of one that is computed in registers. */
  of(value: Value): number | null;
  /** Room for `columns` float64 sums of every root; used by sums over rows alone. */
  readonly scratch: number;
}

/** Bytes of scratch: sums over rows are kept in memory, one float64 a column and root. */
export const loopScratchBytes = ({ kind, columns, roots }: Loop): number =>
  kind === "sum" && sumKindOf(roots[0] as ValueOf<"sum">) === "columns" ? 8 * columns * roots.length : 0;

type SumKind = "columns" | "rows" | "uniform";

export class LoopCompiler {
  readonly #locals: LocalType[] = [];
  /** Byte offsets of the current element in the matrix, in its row, and of the row in a column vector. */
  readonly #element = this.#newLocal("i32");
  readonly #column = this.#newLocal("i32");
  readonly #row = this.#newLocal("i32");
  readonly #sumKind: SumKind | null;
  /** Sums in registers: a pair of f64x2 and one f64 for every root. */
  readonly #accumulators: { low: number; high: number; single: number }[];

  constructor(
    private readonly loop: Loop,
    private readonly addresses: LoopAddresses,
    private readonly width: Width,
  ) {
    this.#sumKind = loop.kind === "sum" ? sumKindOf(loop.roots[0] as ValueOf<"sum">) : null;
    const pairType = width.lanes === 4 ? "v128" : "f64";
    this.#accumulators = loop.roots.map(() => ({
      low: this.#newLocal(pairType),
      high: this.#newLocal(pairType),
      single: this.#newLocal("f64"),
    }));
  }

  compile(): FunctionBody {
    const { rows, columns } = this.loop;
    const vectorColumns = columns - (columns % this.width.lanes);
    const row = [
      ...wasm.i32.const(0),
      ...wasm.set(this.#column),
      ...this.#alongColumns(this.width, 0, vectorColumns),
      ...this.#alongColumns(scalarWidth, vectorColumns, columns),
      ...(this.#sumKind === "rows" ? this.#storeRegisterSums(wasm.get(this.#row)) : []),
    ];
    const code = [
      ...(this.#sumKind === "columns" ? this.#clearColumnSums() : []),
      ...(rows === 1 ? row : [...wasm.loop, ...row, ...this.#advance(this.#row, 4, 4 * rows), ...wasm.end]),
      ...(this.#sumKind === "uniform" ? this.#storeRegisterSums(wasm.i32.const(0)) : []),
      ...(this.#sumKind === "columns" ? this.#storeColumnSums() : []),
    ];
    return { locals: this.#locals, code };
  }

  /** Elements `from` to `to` of the current row, `width.lanes` at a time. */
  #alongColumns(width: Width, from: number, to: number): Code {
    if (from >= to) return [];
    const bytes = 4 * width.lanes;
    return [
      ...wasm.loop,
      ...this.#body(width),
      ...wasm.get(this.#element),
      ...wasm.i32.const(bytes),
      ...wasm.i32.add,
      ...wasm.set(this.#element),
      ...this.#advance(this.#column, bytes, 4 * to),
      ...wasm.end,
    ];
  }

  /** Adds `bytes` to a local and repeats the innermost loop while it is below `end`. */
  #advance(local: number, bytes: number, end: number): Code {
    return [
      ...wasm.get(local),
      ...wasm.i32.const(bytes),
      ...wasm.i32.add,
      ...wasm.set(local),
      ...wasm.get(local),
      ...wasm.i32.const(end),
      ...wasm.i32.lessUnsigned,
      ...wasm.repeatIf,
    ];
  }

  /** All loads come before all stores: a result may replace an operand in place. */
  #body(width: Width): Code {
    const registers = new Map<Value, number>();
    const code: number[] = [];
    const load = (value: Value) => wasm.get(registers.get(value) as number);
    for (const value of this.loop.expression) {
      if (this.loop.kind === "sum" && this.loop.roots.includes(value)) continue;
      const register = this.#newLocal(width.type);
      code.push(...this.#compute(value, width, load), ...wasm.set(register));
      registers.set(value, register);
    }
    this.loop.roots.forEach((root, i) => {
      if (this.loop.kind === "sum") code.push(...this.#accumulate(i, load(root.operands[0]), width));
      else code.push(...wasm.get(this.#element), ...load(root), ...width.store(this.#addressOf(root)));
    });
    return code;
  }

  #compute(value: Value, width: Width, load: (operand: Value) => Code): Code {
    const any = asAny(value);
    const isRoot = this.loop.roots.includes(value);
    const address = isRoot ? null : this.addresses.of(value);
    if (address !== null) return [...wasm.get(this.#element), ...width.load(address)];
    if (any.primitive.name === "constant") return width.constant((any as ValueOf<"constant">).attributes.value);
    if (any.primitive.name === "broadcast") return this.#loadBroadcast(any as ValueOf<"broadcast">, width);
    return operations[any.primitive.name as keyof typeof operations](width, any.operands.map(load));
  }

  #loadBroadcast(value: ValueOf<"broadcast">, width: Width): Code {
    const operand = asAny(value.operands[0]);
    if (operand.primitive.name === "constant") return width.constant((operand as ValueOf<"constant">).attributes.value);
    const address = this.#addressOf(operand);
    switch (broadcastPattern(value).kind) {
      case "columns":
        return [...wasm.get(this.#column), ...width.load(address)];
      case "rows":
        return [...wasm.get(this.#row), ...width.loadSame(address)];
      default:
        return [...wasm.i32.const(0), ...width.loadSame(address)];
    }
  }

  #addressOf(value: Value): number {
    const address = this.addresses.of(value);
    if (address === null) throw new Error(`a loop reads a ${value.primitive.name} that has no memory`);
    return address;
  }

  #accumulate(root: number, term: Code, width: Width): Code {
    if (this.#sumKind === "columns") {
      const sums = this.addresses.scratch + 8 * this.loop.columns * root;
      const place = [...wasm.get(this.#column), ...wasm.i32.const(1), ...wasm.i32.shiftLeft];
      return width.addToMemory(place, sums, term);
    }
    const { low, high, single } = this.#accumulators[root];
    return width.lanes === 4 ? width.addToRegisters([low, high], term) : width.addToRegisters([single], term);
  }

  /** Stores every root's sum at `place` beyond its address and clears the registers. */
  #storeRegisterSums(place: Code): Code {
    return this.loop.roots.flatMap((root, i) => {
      const { low, high, single } = this.#accumulators[i];
      const total = [...this.width.total([low, high]), ...wasm.get(single), ...wasm.f64.add];
      const clear = [low, high].flatMap((local) => [...this.width.zeroPair, ...wasm.set(local)]);
      return [
        ...place,
        ...total,
        ...wasm.f32.demote,
        ...wasm.f32.store(this.#addressOf(root)),
        ...clear,
        ...wasm.f64.const(0),
        ...wasm.set(single),
      ];
    });
  }

  #clearColumnSums(): Code {
    const bytes = 8 * this.loop.columns * this.loop.roots.length;
    return [
      ...wasm.i32.const(this.addresses.scratch),
      ...wasm.i32.const(0),
      ...wasm.i32.const(bytes),
      ...wasm.memoryFill,
    ];
  }

  #storeColumnSums(): Code {
    const { columns, roots } = this.loop;
    const stores = roots.flatMap((root, i) => [
      ...wasm.get(this.#column),
      ...wasm.get(this.#column),
      ...wasm.i32.const(1),
      ...wasm.i32.shiftLeft,
      ...wasm.f64.load(this.addresses.scratch + 8 * columns * i),
      ...wasm.f32.demote,
      ...wasm.f32.store(this.#addressOf(root)),
    ]);
    return [
      ...wasm.i32.const(0),
      ...wasm.set(this.#column),
      ...wasm.loop,
      ...stores,
      ...this.#advance(this.#column, 4, 4 * columns),
      ...wasm.end,
    ];
  }

  #newLocal(type: LocalType): number {
    return this.#locals.push(type) - 1;
  }
}

function sumKindOf(root: ValueOf<"sum">): SumKind {
  const { kind } = reductionPattern(root);
  if (kind === "general") throw new Error("a loop cannot sum over these axes");
  return kind;
}
