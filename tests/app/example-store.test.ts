/** The landscape measured earlier on an empty page: when it is shown, and what makes room for what. */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { createStore, type StoreApi } from "zustand/vanilla";
import { createExampleStore } from "../../src/app/stores/example-store.ts";
import type { SurfaceState, SurfaceStore } from "../../src/app/stores/surface-store.ts";
import type { TrainingState, TrainingStore } from "../../src/app/stores/training-store.ts";

const published = () => readFile(new URL("../../public/example-landscape.json", import.meta.url), "utf8");

function page(read: () => Promise<string> = published) {
  const surface = createStore(() => ({ status: "idle" })) as StoreApi<Pick<SurfaceState, "status">>;
  const training = createStore(() => ({ status: "idle" })) as StoreApi<Pick<TrainingState, "status">>;
  const example = createExampleStore({ surface: surface as SurfaceStore, training: training as TrainingStore, read });
  return { surface, training, example };
}

describe("the landscape measured earlier", () => {
  it("is what the page publishes: real, fine enough, with its training path, and small", async () => {
    const { example } = page();
    await example.getState().show();
    const { example: shown, isPending } = example.getState();
    expect(isPending).toBe(false);
    expect(shown?.spec.model).toMatchObject({ name: "vgg", depth: 11, batchNorm: true });
    expect(shown?.spec.data.source).toBe("cifar10");
    expect(shown?.grid.columns).toBeGreaterThanOrEqual(49);
    expect(shown?.grid.rows).toBeGreaterThanOrEqual(49);
    expect(shown?.path.step.length).toBeGreaterThan(20);
    expect(shown?.label).toMatch(/^after \d+ epochs, measured earlier \(\d+ \w+ \d{4}\)$/);
    expect((await published()).length).toBeLessThanOrEqual(60_000);
  });

  it.each<["training" | "surface"]>([["training"], ["surface"]])(
    "makes room for the first %s of one's own, for good",
    async (name) => {
      const stores = page();
      await stores.example.getState().show();
      const store = stores[name] as StoreApi<{ status: string }>;
      store.setState({ status: "running" });
      expect(stores.example.getState().example).toBeNull();
      store.setState({ status: "idle" });
      await stores.example.getState().show();
      expect(stores.example.getState().example).toBeNull();
    },
  );

  it("does not come between when something was begun while it was read", async () => {
    let resolve: (text: string) => void = () => {};
    const { example, training } = page(() => new Promise((resolveText) => (resolve = resolveText)));
    const showing = example.getState().show();
    training.setState({ status: "starting" });
    resolve(await published());
    await showing;
    expect(example.getState()).toMatchObject({ example: null, isPending: false });
  });

  it("leaves the plate to other words where it can't be read", async () => {
    const { example } = page(() => Promise.reject(new Error("no file")));
    await expect(example.getState().show()).rejects.toThrow("no file");
    expect(example.getState()).toMatchObject({ example: null, isPending: false });
  });
});
