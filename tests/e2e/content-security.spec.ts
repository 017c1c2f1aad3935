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

test("a session of training, surface, spectrum, export, import, dialogs and colours breaks no rule", async ({
  page,
}) => {
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

  for (const name of ["Commands", "Keys"]) {
    await button(page, name).click();
    await expect(page.getByRole("dialog", { name })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog", { name })).toBeHidden();
  }
  const body = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await body();
  await button(page, "Dark colours").click();
  await expect.poll(body).not.toBe(light);
  expect(violations).toEqual([]);
});

test("a script or style written into the page does nothing, and another host is not called", async ({ page }) => {
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
    const style = document.createElement("style");
    style.textContent = "body { visibility: hidden }";
    document.body.append(script, style);
    const call = await fetch("https://example.invalid/").then(
      () => "answered",
      () => "refused",
    );
    return { ran: "injected" in globalThis, shown: getComputedStyle(document.body).visibility, call };
  });
  expect(outcome).toEqual({ ran: false, shown: "visible", call: "refused" });
  expect(violations.join("\n")).toContain("Executing inline script violates");
  expect(violations.join("\n")).toContain("Connecting to 'https://example.invalid/' violates");
});

test("under the headers of the preview the page is isolated, and its workers are held to the policy too", async ({
  page,
}) => {
  await page.goto(link());
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect
    .poll(() => page.workers().map((worker) => worker.url()))
    .toContainEqual(expect.stringContaining("compute-"));
  for (const worker of page.workers()) {
    const { "content-security-policy": policy } = (await page.request.get(worker.url())).headers();
    expect(policy).toBe(`${contentSecurityPolicy}; frame-ancestors 'self'`);
  }
  const refused = await page.workers()[0].evaluate(async () => {
    const violation = new Promise<string>((resolve) => {
      addEventListener("securitypolicyviolation", ({ effectiveDirective }) => resolve(effectiveDirective));
    });
    await fetch("https://example.invalid/").catch(() => undefined);
    return violation;
  });
  expect(refused).toBe("connect-src");
});
