/** The built page in Firefox, driven by WebDriver BiDi: a server, a browser without WebGL, and a visitor's hands. */
import { mkdtempSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer, { type Browser, type ElementHandle, type Page } from "puppeteer-core";
import { preview } from "vite";
import { expect } from "vitest";
import { ensureFirefox } from "../../scripts/firefox.mjs";

export interface FirefoxSession {
  readonly page: Page;
  /** Without a slash at its end. */
  readonly address: string;
  /** What the page threw or wrote as an error, since the session began. */
  readonly errors: readonly string[];
  /** Addresses of other hosts that were asked for. */
  readonly foreign: readonly string[];
  /** Waits for what `act` saves. */
  saved(act: () => Promise<void>): Promise<{ readonly name: string; readonly bytes: Buffer }>;
  close(): Promise<void>;
}

export async function openFirefox(): Promise<FirefoxSession> {
  const server = await preview({ preview: { port: 0, open: false }, logLevel: "error" });
  const address = (server.resolvedUrls?.local[0] ?? "").replace(/\/$/, "");
  const downloads = mkdtempSync(join(tmpdir(), "basin-firefox-"));
  const browser = await launch(downloads);
  const page = await browser.newPage();
  await page.setViewport({ width: 1440, height: 900 });
  const [errors, foreign]: [string[], string[]] = [[], []];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== address) foreign.push(request.url());
  });
  return {
    page,
    address,
    errors,
    foreign,
    async saved(act) {
      await act();
      const whole = async () => {
        const names = await readdir(downloads);
        return names.length === 1 && !names[0].endsWith(".part") ? names[0] : "";
      };
      await expect.poll(whole, { timeout: 30_000 }).not.toBe("");
      const name = await whole();
      const bytes = await readFile(join(downloads, name));
      await rm(join(downloads, name));
      return { name, bytes };
    },
    async close() {
      await browser.close();
      await server.close();
      await rm(downloads, { recursive: true });
    },
  };
}

const launch = (downloads: string): Promise<Browser> =>
  puppeteer.launch({
    browser: "firefox",
    executablePath: ensureFirefox(),
    headless: true,
    extraPrefsFirefox: {
      "webgl.disabled": true,
      "ui.prefersReducedMotion": 1,
      "browser.download.folderList": 2,
      "browser.download.dir": downloads,
      "browser.download.useDownloadDir": true,
      "browser.download.alwaysOpenPanel": false,
      "browser.download.always_ask_before_handling_new_types": false,
    },
  });

/** Presses the first enabled button with this text or label. */
export async function press(page: Page, name: string): Promise<void> {
  const found = await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll<HTMLElement>("a, button:not(:disabled), [role=menuitem]")].find(
        (element) =>
          (element.getAttribute("aria-label") ?? element.textContent?.trim()) === wanted &&
          element.checkVisibility({ visibilityProperty: true }),
      ) ?? false,
    {},
    name,
  );
  await (found.asElement() as ElementHandle<HTMLElement> | null)?.click();
}

/** The word beside the title of a section of the panel. */
export const status = (page: Page, title: string): Promise<string | undefined> =>
  page.evaluate((wanted) => {
    const isTitled = (section: Element) =>
      document.getElementById(section.getAttribute("aria-labelledby") ?? "")?.textContent === wanted;
    const section = [...document.querySelectorAll("section[aria-labelledby]")].find(isTitled);
    return section?.querySelector("[data-testid=section-status]")?.textContent ?? undefined;
  }, title);

export const textOf = (page: Page, selector: string): Promise<string> =>
  page.evaluate((wanted) => document.querySelector(wanted)?.textContent ?? "", selector);

/** Drops a file on the window, as from a desktop. */
export async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  await page.waitForSelector(".drop-target");
  await page.evaluate(
    (fileName, base64) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))], fileName));
      const options = { dataTransfer, bubbles: true, cancelable: true };
      document.body.dispatchEvent(new DragEvent("dragenter", options));
      document.querySelector(".drop-target")?.dispatchEvent(new DragEvent("drop", options));
    },
    name,
    bytes.toString("base64"),
  );
}
