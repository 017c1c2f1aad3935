import { expect, test } from "@playwright/test";
import { readSafetensors } from "../../src/experiment/safetensors/read-safetensors.ts";
import {
  button,
  checkpointKept,
  figure,
  link,
  measureAfterwards,
  savedWeights,
  status,
  stepsTaken,
  train,
  trainAndPause,
} from "./basin-page.ts";

/** Long enough to be stopped in its midst on any machine. */
const long = { epochs: 4000 };

test("a run halts, goes on by one step, goes on and stops", async ({ page }) => {
  await trainAndPause(page, long);
  await expect(status(page, "Training")).toHaveText("paused");
  const halted = await stepsTaken(page);

  await button(page, "Step").click();
  await expect(figure(page, "Step")).toHaveText(`${halted + 1}/40000`);
  await button(page, "Step").click();
  await expect(figure(page, "Step")).toHaveText(`${halted + 2}/40000`);
  await expect(status(page, "Training")).toHaveText("paused");

  await button(page, "Resume").click();
  await expect.poll(() => stepsTaken(page)).toBeGreaterThan(halted + 2);
  await button(page, "Stop").click();
  await expect(status(page, "Training")).toHaveText("stopped");
  const stopped = await stepsTaken(page);
  expect(stopped).toBeLessThan(40000);
  await expect(button(page, /^Resume after/)).toBeVisible();
  await expect(page.getByText("Its state is kept in this browser")).toBeVisible();
});

/** In the page: reloads in the very task that shows the run as going on. */
function reloadOnceRunning(): void {
  const look = () => {
    const shown = [...document.querySelectorAll("[data-testid=section-status]")].some(
      ({ textContent }) => textContent === "training",
    );
    if (!shown) return;
    watching.disconnect();
    location.reload();
  };
  const watching = new MutationObserver(look);
  watching.observe(document.body, { subtree: true, childList: true, characterData: true });
}

test("a run reloaded in the middle goes on from its checkpoint and ends with the weights of one that never stopped", async ({
  browser,
}) => {
  const experiment = { epochs: 100, momentum: 0.9, nesterov: "true" };
  const undisturbed = await browser.newPage();
  await undisturbed.goto(link(experiment));
  await measureAfterwards(undisturbed, false);
  await button(undisturbed, "Train").click();
  await expect(status(undisturbed, "Training")).toHaveText("complete");
  const expected = await savedWeights(undisturbed);
  await undisturbed.context().close();

  const page = await browser.newPage();
  await trainAndPause(page, experiment);
  const kept = await stepsTaken(page);
  expect(kept).toBeLessThan(1000);
  await checkpointKept(page);
  await page.evaluate(reloadOnceRunning);
  const reloaded = page.waitForEvent("load");
  await button(page, "Resume").click();
  await reloaded;

  await button(page, /^Resume after/).click();
  await expect.poll(() => stepsTaken(page)).toBeGreaterThanOrEqual(kept);
  await measureAfterwards(page, false);
  await expect(status(page, "Training")).toHaveText("complete");
  const resumed = await savedWeights(page);
  expect(resumed.name).toBe("basin-mlp-32-step1000.safetensors");
  expect(readSafetensors(resumed.bytes).tensors.map(({ name }) => name)).toEqual([
    "layers.0.weight",
    "layers.0.bias",
    "layers.2.weight",
    "layers.2.bias",
  ]);
  expect(resumed.bytes.equals(expected.bytes)).toBe(true);
  await page.context().close();
});

test("a loss that is not finite stops the run, says where and why, and the last good state is kept", async ({
  page,
}) => {
  await train(page, { activation: "relu", learningRate: 100, schedule: "constant", epochs: 20 });
  await expect(status(page, "Training")).toHaveText("loss not finite");
  const alert = page.getByRole("alert").filter({ hasText: "The loss is no longer finite" });
  await expect(alert).toContainText(/Training stopped at step \d+ of 200 \(epoch \d+\): /);
  await expect(alert).toContainText("A lower learning rate or another initialisation may help; the rate was 100.");
  await expect(alert).toContainText(/The state after step \d+ is kept/);
  await expect(button(page, "Train again")).toBeEnabled();
  await button(page, "Measure surface").click();
  await expect(status(page, "Surface")).toHaveText("complete");
});
