/** The built page under its content security policy, in a session that uses all of it. */
import { expect, type Page, test } from "@playwright/test";
import { contentSecurityPolicy } from "../../scripts/content-security.ts";
import { button, drop, link, openPage, savedFile, savedWeights, status, train } from "./basin-page.ts";

/** What the policy refuses, in the page and in its workers, as it happens. */
async function watchViolations(page: Page): Promise<string[]> {
  const found: string[] = [];
  await page.exposeFunction("reportViolation", (text: string) => found.push(text));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile, sample }) => {
      const report = (globalThis as unknown as { reportViolation(text: string): void }).reportViolation;
      report([effectiveDirective, blockedURI, sourceFile, sample].join(" "));
    });
  });
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) found.push(message.text());
  });
  return found;
}

test("a session of training, surface, spectrum, export and import breaks no rule", async ({ page }) => {
  const violations = await watchViolations(page);
  await train(page, { hidden: 12, epochs: 2, train: 40, test: 20, grid: "5x5", top: 2, bottom: 0 });
  await expect(status(page, "Surface")).toHaveText("complete");
  const picture = await savedFile(page, async () => {
    await button(page, "Export").click();
    await page.getByRole("menuitem", { name: "Picture with legend and caption (PNG)" }).click();
  });
  expect(picture.bytes.length).toBeGreaterThan(10_000);
  const weights = await savedWeights(page);

  await openPage(page, "Spectrum");
  await button(page, "Find eigenpairs").click();
  const eigenvalues = page.getByRole("figure", { name: "Eigenvalues" });
  await expect(eigenvalues).toBeVisible();
  await savedFile(page, async () => {
    await button(page, "Save: Eigenvalues").click();
    await page.getByRole("menuitem", { name: /PNG/ }).click();
  });

  await openPage(page, "Runs");
  const run = await savedFile(page, () =>
    page.getByRole("complementary").getByRole("button", { name: "Export" }).click(),
  );
  await drop(page, [{ name: run.name, bytes: run.bytes }]);
  await expect(page.getByText("1 run here already, left as is.")).toBeVisible();
  await openPage(page, "Landscape");
  await drop(page, [{ name: weights.name, bytes: weights.bytes }]);
  await expect(button(page, "Train from these")).toBeVisible();
  await openPage(page, "Compare");
  await expect(page.getByRole("heading").first()).toBeVisible();
  await openPage(page, "Device");
  await expect(page.getByText("Memory in use")).toBeVisible();
  expect(violations).toEqual([]);
});

test("a script written into the page does not run, and another host is not called", async ({ page }) => {
  const violations = await watchViolations(page);
  await page.goto(link());
  await expect(button(page, "Train")).toBeVisible();
  await expect(page.locator("meta[http-equiv='Content-Security-Policy']")).toHaveAttribute(
    "content",
    contentSecurityPolicy,
  );
  const outcome = await page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "globalThis.injected = true";
    document.body.append(script);
    const call = await fetch("https://example.invalid/").then(
      () => "answered",
      () => "refused",
    );
    return { ran: "injected" in globalThis, call };
  });
  expect(outcome).toEqual({ ran: false, call: "refused" });
  expect(violations.join("\n")).toContain("Executing inline script violates");
  expect(violations.join("\n")).toContain("Connecting to 'https://example.invalid/' violates");
});

test("under the headers of the preview the page is isolated from other origins", async ({ page }) => {
  await page.goto(link());
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});
