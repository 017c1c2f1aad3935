/**
 * Writes one kernel's WGSL: scopes of statements, numbered variables, uniforms and buffers. Names depend on the order of
 * emission alone, so that kernels of one structure have one text and share a pipeline.
 */
import type { DType } from "../../../tensor/program.ts";

/** The block in which a statement stands; deeper scopes are loops inside shallower ones. */
export class Scope {
  readonly depth: number;
  readonly lines: string[] = [];
  /** Values already computed in this scope, by what they are. */
  readonly known = new Map<string, string>();
  constructor(readonly parent: Scope | null) {
    this.depth = parent ? parent.depth + 1 : 0;
  }
}

/** A place in some buffer. */
export interface Offset {
  /** Distance from the start of the memory, in elements. */
  readonly offset: number;
  readonly dtype: DType;
}

export interface Access extends Offset {
  readonly buffer: number;
}

interface Binding {
  readonly name: string;
  readonly buffer: number;
  readonly dtype: DType;
  isWritten: boolean;
  usesScalars: boolean;
  usesVectors: boolean;
}

const scalarType: Readonly<Record<DType, string>> = { float: "f32", int: "i32", byte: "u32" };
const vectorType: Readonly<Record<DType, string>> = { float: "vec4f", int: "vec4i", byte: "vec4u" };

export const wgslType = (dtype: DType, lanes: 1 | 4): string => (lanes === 4 ? vectorType : scalarType)[dtype];

export class KernelWriter {
  readonly params: number[] = [];
  readonly top = new Scope(null);
  private readonly bindings: Binding[] = [];
  private readonly functions = new Set<string>();
  private variables = 0;

  /** A new name. */
  name(prefix: string): string {
    return `${prefix}${this.variables++}`;
  }

  /** Declares a variable in `scope` and returns its name. */
  let(scope: Scope, expression: string): string {
    const name = this.name("v");
    scope.lines.push(`let ${name} = ${expression};`);
    return name;
  }

  /** A whole number known when the plan is made, as a uniform. */
  uniform(value: number): string {
    this.params.push(value);
    return `u.p${this.params.length - 1}`;
  }

  /** A float known when the plan is made, as a uniform's bits. */
  floatUniform(value: number): string {
    const bits = new Uint32Array(new Float32Array([value]).buffer)[0];
    return `bitcast<f32>(${this.uniform(bits)})`;
  }

  load(access: Access, index: string, lanes: 1 | 4): string {
    const binding = this.bind(access, lanes, false);
    return `${binding.name}_load${lanes}(${this.uniform(access.offset)} + ${index})`;
  }

  /** The statement that stores `expression` at `index`. */
  store(access: Access, index: string, lanes: 1 | 4, expression: string): string {
    const binding = this.bind(access, lanes, true);
    return `${binding.name}_store${lanes}(${this.uniform(access.offset)} + ${index}, ${expression});`;
  }

  require(source: string): void {
    this.functions.add(source);
  }

  /** Buffers in the order of their bindings, from 1 on. */
  get buffers(): number[] {
    return this.bindings.map(({ buffer }) => buffer);
  }

  private bind({ buffer, dtype }: Access, lanes: 1 | 4, isWrite: boolean): Binding {
    let binding = this.bindings.find((other) => other.buffer === buffer && other.dtype === dtype);
    if (!binding) {
      const name = `b${this.bindings.length}`;
      binding = { name, buffer, dtype, isWritten: false, usesScalars: false, usesVectors: false };
      this.bindings.push(binding);
    }
    binding.isWritten ||= isWrite;
    if (lanes === 4) binding.usesVectors = true;
    else binding.usesScalars = true;
    return binding;
  }

  /** The whole module; `body` is the text of `main` after the invocation's number `id` is known. */
  source(workgroupSize: number): string {
    const params = this.params.map((_, i) => `p${i}: u32,`).join(" ");
    return [
      `struct Params { ${params || "unused: u32,"} }`,
      "@group(0) @binding(0) var<uniform> u: Params;",
      ...this.bindings.map(bindingSource),
      ...this.functions,
      `@compute @workgroup_size(${workgroupSize})`,
      "fn main(@builtin(global_invocation_id) at: vec3u, @builtin(num_workgroups) groups: vec3u) {",
      `let id = at.x + at.y * groups.x * ${workgroupSize}u;`,
      ...this.top.lines,
      "}",
    ].join("\n");
  }
}

/** A binding's declaration and accessors. Mixed widths go through scalars. */
function bindingSource({ name, dtype, isWritten, usesScalars, usesVectors }: Binding, index: number): string {
  const [scalar, vector] = [scalarType[dtype], vectorType[dtype]];
  const isVector = usesVectors && !usesScalars;
  const access = isWritten ? "read_write" : "read";
  const lines = [
    `@group(0) @binding(${index + 1}) var<storage, ${access}> ${name}: array<${isVector ? vector : scalar}>;`,
  ];
  const four = [0, 1, 2, 3];
  if (isVector) {
    lines.push(`fn ${name}_load4(i: u32) -> ${vector} { return ${name}[i >> 2u]; }`);
    if (isWritten) lines.push(`fn ${name}_store4(i: u32, x: ${vector}) { ${name}[i >> 2u] = x; }`);
    return lines.join("\n");
  }
  lines.push(`fn ${name}_load1(i: u32) -> ${scalar} { return ${name}[i]; }`);
  if (isWritten) lines.push(`fn ${name}_store1(i: u32, x: ${scalar}) { ${name}[i] = x; }`);
  if (usesVectors) {
    lines.push(
      `fn ${name}_load4(i: u32) -> ${vector} { return ${vector}(${four.map((k) => `${name}[i + ${k}u]`).join(", ")}); }`,
    );
    if (isWritten) {
      const writes = four.map((k) => `${name}[i + ${k}u] = x[${k}];`).join(" ");
      lines.push(`fn ${name}_store4(i: u32, x: ${vector}) { ${writes} }`);
    }
  }
  return lines.join("\n");
}
