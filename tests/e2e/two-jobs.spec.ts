/** Two jobs at once: what is asked for last goes first, the other says that it gives way, and both come to their end. */
import { expect, test } from "@playwright/test";
import { button, link, openPage, section } from "./basin-page.ts";

test("eigenpairs asked for during a long surface go first; the surface goes on afterwards", async ({ page }) => {
  await page.goto(link({ hidden: "64,64", train: 400, epochs: 1, grid: "61x61" }));
  await button(page, "Train").click();
  const tray = page.getByRole("button", { name: /jobs?: / });
  await expect(tray).toHaveAccessibleName(/Surface running/);
  await openPage(page, "Spectrum");
  await button(page, "Find eigenpairs").click();
  await tray.click();
  const jobs = page.getByRole("list", { name: /Jobs, in the order/ });
  const row = (name: string) => jobs.getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) });
  await expect(row("Surface")).toContainText("gives way to Eigenpairs");
  await expect(row("Eigenpairs")).toContainText("running");
  await page.getByRole("button", { name: "Run first: Surface" }).click();
  await expect(row("Surface")).toContainText("running");
  await expect(row("Eigenpairs")).toContainText(/gives way|waits/);
  await page.getByRole("button", { name: "Run first: Eigenpairs" }).click();
  await expect(page.getByRole("heading", { name: "Eigenvalues" })).toBeVisible();
  await expect(row("Eigenpairs")).toHaveCount(0);
  await expect(row("Surface")).toContainText("running");
  await page.getByRole("button", { name: "Cancel: Surface" }).click();
  await expect(tray).toHaveCount(0);
  await openPage(page, "Landscape");
  await expect(section(page, "Surface").getByRole("button", { name: "Continue" })).toBeVisible();
});
