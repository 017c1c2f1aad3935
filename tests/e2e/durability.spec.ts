import { createHash } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { unzipSync } from "fflate";
import type { NamedTensor } from "../../src/experiment/safetensors/named-tensor.ts";
import { readSafetensors } from "../../src/experiment/safetensors/read-safetensors.ts";
import {
  button,
  link,
  measureAfterwards,
  openPage,
  savedFile,
  section,
  status,
  stepsTaken,
  trainOnly,
} from "./basin-page.ts";

const openRuns = (page: Page) => openPage(page, "Runs");
const row = (page: Page, name: string | RegExp) => page.locator(".runs-table tbody tr").filter({ hasText: name });

/** Reloads within the very task that shows the run as complete. */
const reloadOnceComplete = () => {
  const look = () => {
    const shown = [...document.querySelectorAll("[data-testid=section-status]")].some(
      ({ textContent }) => textContent === "complete",
    );
    if (!shown) return;
    watching.disconnect();
    location.reload();
  };
  const watching = new MutationObserver(look);
  watching.observe(document.body, { subtree: true, childList: true, characterData: true });
};

test("a page that is reloaded the moment a run is complete has it complete", async ({ page }) => {
  for (const seed of [21, 22, 23]) {
    await page.goto("about:blank");
    await page.goto(link({ initSeed: seed }));
    await measureAfterwards(page, false);
    await page.evaluate(reloadOnceComplete);
    const reloaded = page.waitForEvent("load");
    await button(page, /^Train( again)?$/).click();
    await reloaded;
    await expect(status(page, "Training")).toHaveText("complete");
    await openRuns(page);
    await expect(row(page, `seed ${seed}`)).toContainText("complete");
  }
});

/** Pauses the run, or kills its tab, in the very task in which the page shows so many recorded points. */
async function oncePoints(page: Page, count: number, act: "pause" | "kill"): Promise<void> {
  await page.evaluate(
    ([enough, wanted]) => {
      const look = () => {
        const asides = [...document.querySelectorAll("[data-testid=section-status]")].map(
          ({ textContent }) => textContent ?? "",
        );
        if (!asides.some((text) => Number(text.match(/^(\d+) points recorded$/)?.[1]) >= enough)) return;
        watching.disconnect();
        if (wanted === "kill") return (globalThis as unknown as { killTab(): void }).killTab();
        [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Pause")?.click();
      };
      const watching = new MutationObserver(look);
      watching.observe(document.body, { subtree: true, childList: true, characterData: true });
    },
    [count, act] as const,
  );
}

/** The tensors of a run, of its optimiser and of every point of its path, as digests by their files' names. */
async function bitsOf(page: Page): Promise<Record<string, readonly string[]>> {
  const { bytes } = await savedFile(page, () =>
    page.getByRole("complementary").getByRole("button", { name: "Export" }).click(),
  );
  const files = Object.entries(unzipSync(bytes)).filter(([path]) => path.endsWith(".safetensors"));
  const digest = ({ name, data }: NamedTensor) =>
    `${name} ${createHash("sha256")
      .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
      .digest("hex")}`;
  return Object.fromEntries(
    files.map(([path, content]) => [path.split("/")[1], readSafetensors(content).tensors.map(digest)]),
  );
}

test("a tab that is killed in mid-run costs the steps since the checkpoint: its path is there, and the rest comes to the same bits", async ({
  page,
  context,
}) => {
  const experiment = { hidden: 16, epochs: 60, momentum: 0.9, record: "20:64", initSeed: 12, grid: "3x3" };
  await trainOnly(page, experiment);
  await openRuns(page);
  await expect(row(page, "seed 12")).toContainText("complete");
  const expected = await bitsOf(page);
  expect(Object.keys(expected)).toHaveLength(2 + 31);

  await openPage(page, "Landscape");
  const session = await context.newCDPSession(page);
  await page.exposeFunction("killTab", () => void session.send("Page.crash").catch(() => undefined));
  await oncePoints(page, 4, "pause");
  await button(page, "Train again").click();
  await expect(button(page, "Step")).toBeEnabled();
  const kept = await stepsTaken(page);
  await oncePoints(page, Math.floor(kept / 20) + 3, "kill");
  const crashed = page.waitForEvent("crash");
  await button(page, "Resume").click({ noWaitAfter: true });
  await crashed;

  const next = await context.newPage();
  await next.goto("/");
  await expect(button(next, /^Resume after/)).toBeVisible();
  await button(next, "Path plane").click();
  await expect(section(next, "Training path")).toContainText(/Variance: PC 1/);
  const { bytes } = await savedFile(next, async () => {
    await button(next, "Export").click();
    await next.getByRole("menuitem", { name: "Training path (CSV)", exact: true }).click();
  });
  const [, ...lines] = bytes.toString().trim().split("\n");
  const shown = lines.map((line) => Number(line.split(",")[0]));
  const last = shown.at(-1) ?? 0;
  expect(last).toBeGreaterThanOrEqual(kept);
  expect(shown).toEqual([...Array.from({ length: Math.ceil(last / 20) }, (_, k) => 20 * k), last]);

  await measureAfterwards(next, false);
  await button(next, /^Resume after/).click();
  await expect(status(next, "Training")).toHaveText("complete");
  await openRuns(next);
  await expect(row(next, "seed 12")).toHaveCount(2);
  await expect(row(next, "seed 12").filter({ hasText: "complete" })).toHaveCount(2);
  await row(next, "seed 12").first().locator(".run-name").click();
  expect(await bitsOf(next)).toEqual(expected);
});
