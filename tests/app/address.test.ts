/** The page in the address, the title and the history of the window, on a history of this file's own. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { type AddressBar, followAddress } from "../../src/app/stores/address.ts";
import { createInterfaceStore } from "../../src/app/stores/interface-store.ts";
import { decodeLink, encodeLink, namesExperiment, pageOf } from "../../src/app/stores/settings/link.ts";
import { type PageId, pages } from "../../src/app/stores/settings/pages.ts";
import { defaultSettings } from "../../src/app/stores/settings/settings.ts";
import { createSettingsStore } from "../../src/app/stores/settings/settings-store.ts";

/** A window's history, one list of entries, with what a person does to it. */
class Bar implements AddressBar {
  readonly entries: { state: unknown; hash: string }[];
  at = 0;
  readonly document = { title: "Basin" };
  readonly #listeners: (() => void)[] = [];

  constructor(hash: string) {
    this.entries = [{ state: null, hash }];
  }

  readonly location = ((bar) => ({
    get hash() {
      return bar.entries[bar.at].hash;
    },
  }))(this);

  readonly history = ((bar) => ({
    get state() {
      return bar.entries[bar.at].state;
    },
    pushState: (state: unknown, _: string, url?: string | URL | null) => bar.#push({ state, hash: String(url) }),
    replaceState(state: unknown, _: string, url?: string | URL | null) {
      bar.entries[bar.at] = { state, hash: String(url ?? bar.location.hash) };
    },
  }))(this);

  addEventListener(_: string, listener: () => void): void {
    this.#listeners.push(listener);
  }

  #push(entry: { state: unknown; hash: string }): void {
    this.entries.splice(this.at + 1, Number.POSITIVE_INFINITY, entry);
    this.at++;
  }

  type(hash: string): void {
    this.#push({ state: null, hash });
    this.#tell();
  }

  go(by: number): void {
    this.at += by;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

function open(hash = "") {
  const bar = new Bar(hash);
  const settings = createSettingsStore(decodeLink(hash).settings);
  const preferences = createInterfaceStore();
  preferences.getState().set({ page: decodeLink(hash).page });
  const errors: unknown[] = [];
  const outcome = { onError: (error: unknown) => errors.push(error), onFollowed: () => errors.splice(0) };
  followAddress(bar, { settings, preferences }, outcome);
  const to = (page: PageId) => preferences.getState().set({ page });
  const epochs = (count: number) => {
    const { spec } = settings.getState().current;
    settings.getState().setSpec("epochs", { ...spec, training: { ...spec.training, epochs: count } });
  };
  const now = () => ({
    page: preferences.getState().page,
    epochs: settings.getState().current.spec.training.epochs,
    title: bar.document.title,
  });
  return { bar, to, epochs, now, errors };
}

describe("a link", () => {
  test.each(pages)("to $title opens it, and says it again", ({ id }) => {
    const link = encodeLink({ page: id, settings: defaultSettings });
    expect(decodeLink(`#${link}`)).toEqual({ page: id, settings: defaultSettings });
    expect(pageOf(`#${link}`)).toBe(id);
  });

  test("to a page alone has the settings of no link", () => {
    expect(decodeLink("#page=spectrum")).toEqual({ page: "spectrum", settings: defaultSettings });
    expect(namesExperiment("#page=spectrum")).toBe(false);
    expect(namesExperiment("#page=spectrum&model=mlp")).toBe(true);
  });

  test("to a page that there isn't is refused with those there are", () => {
    expect(() => decodeLink("#page=comparison")).toThrow(/page is "comparison".*landscape.*compare/s);
    expect(pageOf("#page=comparison")).toBe("landscape");
  });
});

describe("the address", () => {
  test("names the page that is open, and so does the window", () => {
    const { bar, to, now } = open();
    to("compare");
    expect(pageOf(bar.location.hash)).toBe("compare");
    expect(now().title).toBe("Compare · Basin");
    to("landscape");
    expect(now().title).toBe("Basin");
  });

  test("goes back and forward through the pages", () => {
    const { bar, to, now } = open();
    to("spectrum");
    to("runs");
    bar.go(-1);
    expect(now()).toMatchObject({ page: "spectrum", title: "Spectrum · Basin" });
    bar.go(-1);
    expect(now()).toMatchObject({ page: "landscape", title: "Basin" });
    bar.go(2);
    expect(now().page).toBe("runs");
    expect(bar.entries).toHaveLength(3);
  });

  test("leaves settings as they are when it goes back, and writes them into the entry it comes to", () => {
    const { bar, to, epochs, now } = open();
    to("spectrum");
    epochs(7);
    vi.runAllTimers();
    bar.go(-1);
    expect(now()).toMatchObject({ page: "landscape", epochs: 7 });
    expect(decodeLink(bar.location.hash).settings.spec.training.epochs).toBe(7);
    expect(bar.entries).toHaveLength(2);
  });

  test("has a setting in the entry of the page on which it was made, even if the page is left at once", () => {
    const { bar, to, epochs } = open();
    epochs(9);
    to("device");
    expect(bar.entries.map(({ hash }) => [pageOf(hash), decodeLink(hash).settings.spec.training.epochs])).toEqual([
      ["landscape", 9],
      ["device", 9],
    ]);
  });

  test("typed anew is followed, page and settings", () => {
    const { bar, now, errors } = open();
    bar.type("#page=compare&epochs=3");
    expect(now()).toMatchObject({ page: "compare", epochs: 3 });
    expect(bar.entries).toHaveLength(2);
    expect(errors).toEqual([]);
  });

  test("with a fault changes nothing and is told", () => {
    const { bar, now, errors } = open("#epochs=4");
    bar.type("#page=spectrum&epochs=-1");
    expect(now()).toMatchObject({ page: "landscape", epochs: 4 });
    expect(String(errors[0])).toContain("epochs");
  });

  test("without a fault takes the word of the one before away", () => {
    const { bar, errors } = open();
    bar.type("#epochs=-1");
    expect(errors).not.toEqual([]);
    bar.type("#epochs=3");
    expect(errors).toEqual([]);
  });
});
