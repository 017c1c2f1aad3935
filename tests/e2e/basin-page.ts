/** The built page as a visitor meets it: links to experiments of seconds, the panel's figures, files that it saves. */
import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page } from "@playwright/test";

const seconds = {
  model: "mlp",
  hidden: 32,
  activation: "tanh",
  init: "xavier-normal",
  learningRate: 0.02,
  batchSize: 20,
  epochs: 4,
  train: 200,
  test: 100,
  grid: "9x9",
};

/** A small experiment, with `changes` to its fields, on the engine that the page takes by itself: here WebAssembly. */
export const link = (changes: Readonly<Record<string, string | number>> = {}): string => `/${fragment(changes)}`;

/** The same on WebGPU, which is software on this machine, and slow. */
export const linkOnWebgpu = (changes: Readonly<Record<string, string | number>> = {}): string =>
  `/?backend=webgpu${fragment(changes)}`;

const fragment = (changes: Readonly<Record<string, string | number>>): string =>
  `#${Object.entries({ ...seconds, ...changes })
    .map(([key, value]) => `${key}=${value}`)
    .join("&")}`;

export const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole("button", typeof name === "string" ? { name, exact: true } : { name }).first();

/** Goes to a page by its tab. */
export const openPage = (page: Page, title: string): Promise<void> =>
  page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: title, exact: true }).click();

/** A section of the panel by its title. */
export const section = (page: Page, title: string): Locator => page.getByRole("region", { name: title, exact: true });

/** A figure of the training section by its name, as shown. */
export const figure = (page: Page, name: string): Locator =>
  page
    .getByTestId("figures")
    .locator("div")
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator("dd");

/** Steps taken, of a run that is paused or has ended. */
export async function stepsTaken(page: Page): Promise<number> {
  const [taken] = ((await figure(page, "Step").textContent()) ?? "").split("/");
  return Number(taken);
}

export async function train(page: Page, changes: Readonly<Record<string, string | number>> = {}): Promise<void> {
  await page.goto(link(changes));
  await button(page, "Train").click();
}

/** Trains and halts within the first steps: the press comes from the page itself, before a short run can end. */
export async function trainAndPause(
  page: Page,
  changes: Readonly<Record<string, string | number>> = {},
): Promise<void> {
  await page.goto(link(changes));
  await page.evaluate(pauseOnceRunning);
  await button(page, "Train").click();
  await expect(button(page, "Step")).toBeEnabled();
}

/** In the page: presses Pause in the very task in which it can be pressed. */
function pauseOnceRunning(): void {
  const look = () => {
    const buttons = [...document.querySelectorAll("button")];
    const found = buttons.find(({ textContent, disabled }) => textContent === "Pause" && !disabled);
    if (!found) return;
    watching.disconnect();
    found.click();
  };
  const watching = new MutationObserver(look);
  watching.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
}

/** Halts a run that is long enough to still go on when the press arrives. */
export async function pause(page: Page): Promise<void> {
  await button(page, "Pause").click();
  await expect(button(page, "Step")).toBeEnabled();
}

/** Waits until the browser holds a checkpoint, which it writes behind the page's back. */
export async function checkpointKept(page: Page): Promise<void> {
  await expect.poll(() => keptFiles(page, "checkpoint")).not.toEqual([]);
}

/** Names of the files that the browser keeps for every run's `slot` ("checkpoint", "surface"): each save has a new one. */
export const keptFiles = (page: Page, slot: string): Promise<string[]> =>
  page.evaluate(async (wanted) => {
    const opening = indexedDB.open("basin-runs");
    await new Promise((resolve) => opening.addEventListener("success", resolve));
    const slots = opening.result.transaction("slots").objectStore("slots");
    const [keys, values] = [slots.getAllKeys(), slots.getAll()];
    await new Promise((resolve) => values.addEventListener("success", resolve));
    opening.result.close();
    const ofSlot = values.result.filter((_, at) => (keys.result[at] as unknown[])[1] === wanted);
    return ofSlot.map((value) => value.current.file as string);
  }, slot);

export const status = (page: Page, title: string): Locator => section(page, title).getByTestId("section-status");

/** Trains without a surface after it, to the end. */
export async function trainOnly(page: Page, changes: Readonly<Record<string, string | number>> = {}): Promise<void> {
  await page.goto(link(changes));
  await measureAfterwards(page, false);
  await button(page, "Train").click();
  await expect(status(page, "Training")).toHaveText("complete");
}

/** Sets a switch by its key: a pointer could meet a page that still moves, as when a link has just changed its fields. */
export async function setSwitch(box: Locator, wanted: boolean): Promise<void> {
  if ((await box.isChecked()) !== wanted) await box.press("Space");
  await expect(box).toBeChecked({ checked: wanted });
}

export const measureAfterwards = (page: Page, wanted: boolean): Promise<void> =>
  setSwitch(page.getByLabel("Measure the surface when training ends"), wanted);

export async function savedFile(page: Page, act: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

export const savedWeights = (page: Page) =>
  savedFile(page, async () => {
    await button(page, "Files of this run").click();
    await page.getByRole("menuitem", { name: "Save weights (safetensors)" }).click();
  });

/** Drops files on the window, as from a desktop. */
export async function drop(page: Page, files: readonly { name: string; bytes: Uint8Array }[]): Promise<void> {
  const transfer = await page.evaluateHandle(
    (given) => {
      const made = new DataTransfer();
      for (const { name, base64 } of given) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        made.items.add(new File([bytes], name));
      }
      return made;
    },
    files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString("base64") })),
  );
  const target = page.locator(".drop-target");
  await target.waitFor({ state: "attached" });
  await page.dispatchEvent("body", "dragenter", { dataTransfer: transfer });
  await expect(target).toBeVisible();
  await target.dispatchEvent("drop", { dataTransfer: transfer });
}

/** In the page: names, tags, notes and states of the runs in the browser's database, in the order they were made. */
export function keptRuns(): Promise<{ name: string; note: string; status: string; tags: string[]; created: string }[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("basin-runs");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const reading = opening.result.transaction("runs").objectStore("runs").getAll();
      reading.onsuccess = () => {
        const records = reading.result.map(({ record }) => record);
        resolve(records.sort((a, b) => a.created.localeCompare(b.created)));
      };
      reading.onerror = () => reject(reading.error);
    };
  });
}

/** Colours in the middle of a transition are nobody's choice. */
export async function atRest(page: Page): Promise<void> {
  const isMoving = () =>
    page.evaluate(() => document.getAnimations().some(({ effect }) => effect?.getTiming().iterations === 1));
  await expect.poll(isMoving).toBe(false);
}
