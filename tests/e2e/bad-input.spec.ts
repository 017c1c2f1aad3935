import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { writeSafetensors } from "../../src/experiment/safetensors/write-safetensors.ts";
import { button, link, status, train, trainOnly } from "./basin-page.ts";

const message = (page: Page, title: string) => page.getByRole("alert").filter({ hasText: title }).last();

test("a link with absurd or unknown fields is refused field by field, and the page works on", async ({ page }) => {
  await page.goto(link({ epochs: -1, hidden: 0, batchsize: 10 }));
  const refusal = message(page, "The link could not be followed");
  await expect(refusal).toContainText("epochs is -1. Give a whole number from 0 to 10000");
  await expect(refusal).toContainText("hidden");
  await expect(refusal).toContainText("batchsize");
  await expect(button(page, "Train")).toBeEnabled();
});

test("a batch larger than the set is said beside the button, which waits until it is mended", async ({ page }) => {
  await page.goto(link());
  await button(page, "Data").click();
  const count = page.getByLabel("Training images");
  await count.fill("10");
  await expect(message(page, "This experiment cannot run yet")).toContainText(/batch.*20.*10/i);
  await expect(button(page, "Train")).toBeDisabled();
  await count.fill("100");
  await expect(button(page, "Train")).toBeEnabled();
});

test("weights of another model are refused with every tensor that does not fit, and the current run stays", async ({
  page,
}) => {
  await trainOnly(page);
  const tensor = (name: string, shape: number[]) => ({
    name,
    shape,
    data: new Float32Array(shape.reduce((product, size) => product * size, 1)),
  });
  const foreign = writeSafetensors({
    tensors: [tensor("layers.0.weight", [16, 3072]), tensor("layers.0.bias", [32]), tensor("conv.weight", [4])],
    metadata: {},
  });
  const choose = async (name: string, bytes: Uint8Array) => {
    const chooser = page.waitForEvent("filechooser");
    await button(page, "Files of this run").click();
    await page.getByRole("menuitem", { name: "Load weights (safetensors)" }).click();
    await (await chooser).setFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) });
  };
  const refusal = message(page, "The weights could not be loaded");
  await choose("other.safetensors", foreign);
  await expect(refusal).toContainText("layers.0.weight is [16, 3072], not [32, 3072]");
  await expect(refusal).toContainText("conv.weight");
  await expect(refusal).toContainText("layers.2.weight");
  await expect(page.getByText("Trained after 4 epochs")).toBeVisible();
  await refusal.getByRole("button").click();
  await choose("cut.safetensors", foreign.subarray(0, 100));
  await expect(refusal).toContainText(
    "Its header should have 232 bytes, and the file ends after 92 of them. Copy or download it again",
  );
  await expect(page.getByText("Trained after 4 epochs")).toBeVisible();
});

test("where the browser refuses storage, everything works but keeping, and the page says so", async ({
  context,
  page,
}) => {
  await refuseStorage(context);
  await train(page);
  await expect(message(page, "The run could not be kept in this browser")).toBeVisible();
  await expect(status(page, "Training")).toHaveText("complete");
  await expect(status(page, "Surface")).toHaveText("complete");
});

/** Pages cannot reach into workers before their scripts run: the scripts themselves are given the refusal first. */
async function refuseStorage(context: BrowserContext): Promise<void> {
  const refusal = `
    const refuse = () => { throw new DOMException("The test refuses storage.", "SecurityError"); };
    StorageManager.prototype.getDirectory = async () => refuse();
    IDBFactory.prototype.open = refuse;
  `;
  await context.addInitScript(refusal);
  await context.route(/\/(compute|runs|helper)-.*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${refusal}\n${await response.text()}` });
  });
}
