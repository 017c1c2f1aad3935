/**
 * out = a·b with XNNPACK through tfjs's BatchMatMul. XNNPACK packs b when it first sees the tensor's identity and keeps the
 * packed copy, blind to later writes: b gets a new identity whenever its contents are new.
 */
import type { KernelSite } from "./kernel.ts";

export class MatrixProduct {
  readonly #bId: number;
  readonly #aId: number;
  readonly #outId: number;
  readonly #shapes: number;
  #packedVersion: number | null = null;

  /** b [inner, columns] is operand `operand` of the site unless another address is given. */
  constructor(
    private readonly site: KernelSite,
    private readonly inner: number,
    private readonly columns: number,
    private readonly b: { readonly address: number; readonly version: (() => number) | null },
  ) {
    const { module } = site;
    [this.#aId, this.#bId, this.#outId] = [module.newTensorId(), module.newTensorId(), module.newTensorId()];
    const shapes = module.allocate(24, "the shapes of a matrix product");
    this.#shapes = shapes.address;
    site.onDispose(() => {
      this.#forget();
      shapes.free();
    });
  }

  /** Does products of rows at `a` into rows at `out`, as many as `each` asks for by calling what it is given. */
  run(each: (multiply: (a: number, rows: number, out: number) => void) => void): void {
    const version = this.b.version?.() ?? null;
    if (version === null || version !== this.#packedVersion) {
      this.#forget();
      this.site.module.exports.register_tensor(this.#bId, this.inner * this.columns, this.b.address);
      this.#packedVersion = version;
    }
    each((a, rows, out) => this.#multiply(a, rows, out));
    if (version === null) this.#forget();
  }

  #multiply(a: number, rows: number, out: number): void {
    const { exports, i32 } = this.site.module;
    i32.set([1, rows, this.inner, 1, this.inner, this.columns], this.#shapes / 4);
    exports.register_tensor(this.#aId, rows * this.inner, a);
    exports.register_tensor(this.#outId, rows * this.columns, out);
    exports.BatchMatMul(this.#aId, this.#shapes, 3, this.#bId, this.#shapes + 12, 3, 0, 0, this.#outId);
    exports.dispose_data(this.#aId);
    exports.dispose_data(this.#outId);
  }

  #forget(): void {
    this.site.module.exports.dispose_data(this.#bId);
    this.#packedVersion = null;
  }
}
