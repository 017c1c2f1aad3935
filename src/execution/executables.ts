/** Programs compiled when first used, and kept. */
import type { Backend, Bindings, Executable, Feed, Fetched } from "../backends/backend.ts";
import type { Program } from "../tensor/program.ts";

export class Executables {
  readonly #byKey = new Map<string, Promise<Executable>>();

  constructor(private readonly backend: Backend) {}

  /** The executable named `key`; a program and its bindings are asked for only when it is new. */
  get(key: string, create: () => readonly [program: Program, bindings: Bindings]): Promise<Executable> {
    const known = this.#byKey.get(key);
    if (known) return known;
    const compiled = this.backend.compile(...create());
    this.#byKey.set(key, compiled);
    return compiled;
  }

  /** Runs it once. With every output bound it resolves when the run is enqueued, without waiting for the device. */
  async run(key: string, create: () => readonly [Program, Bindings], feed: Feed = {}): Promise<Fetched> {
    const executable = await this.get(key, create);
    const [fetched] = await executable.run([feed]);
    return fetched;
  }

  async dispose(): Promise<void> {
    const settled = await Promise.allSettled(this.#byKey.values());
    this.#byKey.clear();
    for (const result of settled) if (result.status === "fulfilled") result.value.dispose();
  }
}
