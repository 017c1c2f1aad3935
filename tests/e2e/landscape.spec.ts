import { expect, test } from "@playwright/test";

test("the page opens with a model chosen and asks no other host", async ({ page }) => {
  const foreign: string[] = [];
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "localhost") foreign.push(request.url());
  });
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Train" }).first()).toBeVisible();
  await expect(page.getByText("No surface yet")).toBeVisible();
  expect(foreign).toEqual([]);
});
