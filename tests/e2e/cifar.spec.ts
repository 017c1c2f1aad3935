import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { cifar10RecordBytes } from "../../src/data/sets/cifar10/records.ts";
import { officialEntries, recordsOf, tarOf } from "../data/made-files.ts";
import { button, drop, link, section, status } from "./basin-page.ts";

const cifar = { data: "cifar10", train: 50, test: 10 };

test("a dropped archive is kept in the browser and trained on", async ({ page }) => {
  await page.goto(link());
  const archive = gzipSync(await tarOf(officialEntries(10)));
  await drop(page, [{ name: "cifar-10-binary.tar.gz", bytes: archive }]);
  await expect(page.getByText("50 training and 10 test images, kept in this browser.")).toBeVisible();

  await page.goto("about:blank");
  await page.goto(link(cifar));
  await expect(section(page, "Experiment")).toContainText("on 50 images of CIFAR-10");
  await button(page, "Train").click();
  await expect(status(page, "Training")).toHaveText("complete");
  await expect(page.locator(".caption")).toContainText("CIFAR-10, training set, class-balanced 50 images, seed 0.");
});

test("before there are images the page says what is missing and does not start", async ({ page }) => {
  await page.goto(link(cifar));
  const complaint = page.getByRole("alert").filter({ hasText: "This experiment cannot run yet" });
  await expect(complaint).toContainText("CIFAR-10 is not in this browser yet. Bring it under Data");
  await expect(button(page, "Train")).toBeDisabled();
});

test("a damaged file is refused with what, where and what to do, and what was kept stays", async ({ page }) => {
  await page.goto(link());
  const whole = recordsOf(10);
  const truncated = whole.subarray(0, whole.length - 5);
  await drop(page, [{ name: "data_batch_1.bin", bytes: truncated }]);
  const refusal = page.getByRole("alert").filter({ hasText: "The images were not imported" });
  await expect(refusal).toContainText(
    `data_batch_1.bin: ${truncated.length} bytes are not whole records of ${cifar10RecordBytes} bytes: ` +
      `${cifar10RecordBytes - 5} are left over. The file is truncated or of another format: fetch it again.`,
  );

  await drop(page, [
    { name: "data_batch_1.bin", bytes: whole },
    { name: "test_batch.bin", bytes: recordsOf(5, 9) },
  ]);
  await expect(page.getByText("10 training and 5 test images, kept in this browser.")).toBeVisible();
  await expect(refusal).toBeHidden();

  const archive = gzipSync(await tarOf(officialEntries(4)));
  await drop(page, [{ name: "cifar-10-binary.tar.gz", bytes: archive.subarray(0, archive.length / 2) }]);
  await expect(refusal).toContainText("cifar-10-binary.tar.gz: The gzip stream is damaged or cut off after");
  await expect(refusal).toContainText("Fetch the archive again.");
  await button(page, "Data").click();
  await expect(page.getByText("CIFAR-10 is kept in this browser: 10 training and 5 test images")).toBeVisible();
});

test("what is kept is removed where it was chosen, once that is confirmed, and the page says what then is missing", async ({
  page,
}) => {
  await page.goto(link(cifar));
  await drop(page, [
    { name: "data_batch_1.bin", bytes: recordsOf(60) },
    { name: "test_batch.bin", bytes: recordsOf(20, 9) },
  ]);
  await expect(page.getByText("60 training and 20 test images, kept in this browser.")).toBeVisible();
  await button(page, "Data").click();
  await button(page, "Remove CIFAR-10").click();
  const question = page.getByRole("dialog", { name: "Remove CIFAR-10 from this browser?" });
  await expect(question).toContainText("60 training and 20 test images go, 246 kB.");
  await expect(question).toContainText("To train a run on CIFAR-10 further");
  await question.getByRole("button", { name: "Keep them" }).click();
  await expect(page.getByText("CIFAR-10 is kept in this browser: 60 training")).toBeVisible();

  await button(page, "Remove CIFAR-10").click();
  await question.getByRole("button", { name: "Remove the images" }).click();
  await expect(page.getByText("Runs and their results are still here.")).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "This experiment cannot run yet" })).toContainText(
    "CIFAR-10 is not in this browser yet.",
  );
  await page.goto("about:blank");
  await page.goto(link(cifar));
  await expect(button(page, "Train")).toBeDisabled();
});

test("a file of no format that Basin reads is refused with what it reads", async ({ page }) => {
  await page.goto(link());
  await drop(page, [{ name: "notes.docx", bytes: new Uint8Array(8) }]);
  const refusal = page.getByRole("alert").filter({ hasText: "Not a format Basin reads: .docx" });
  await expect(refusal).toContainText("Basin reads cifar-10-binary.tar.gz, its .bin files or the .parquet files");
  await expect(refusal).toContainText(".safetensors (weights)");
});
