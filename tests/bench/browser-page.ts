/** Chromium with WebGPU on its software renderer, driven by Playwright: on the sources or on the built page. */
import { type Browser, chromium, type Page } from "playwright";
import { build, createServer, preview } from "vite";
import { chromiumArguments, ensureChromium } from "../../scripts/chromium.mjs";

export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  /** Where the server answers, with a trailing slash. */
  readonly url: string;
}

interface Server {
  readonly resolvedUrls: { readonly local: readonly string[] } | null;
  close(): Promise<unknown>;
}

/** Isolated pages have finer clocks. */
const isolation = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

/** An empty page that can import the sources by their path from the project's root. */
export async function openBlankPage(): Promise<OpenPage> {
  const server = await createServer({ server: { port: 0, hmr: false, headers: isolation }, logLevel: "error" });
  await server.listen();
  const opened = await openPage(server);
  await opened.page.route("**/blank", (route) =>
    route.fulfill({ contentType: "text/html", headers: isolation, body: "<!doctype html><title>Benchmark</title>" }),
  );
  await opened.page.goto(`${opened.url}blank`);
  return opened;
}

/** A tab for the built page, not yet on it. */
export async function openBuiltPage(): Promise<OpenPage> {
  const outDir = ".cache/bench-page";
  await build({ build: { outDir, emptyOutDir: true }, logLevel: "error" });
  return openPage(await preview({ build: { outDir }, preview: { port: 0 }, logLevel: "error" }));
}

async function openPage(server: Server): Promise<OpenPage> {
  const browser: Browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [...chromiumArguments, "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error("Vite's server has no address.");
  return {
    page,
    url,
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server.close();
    },
  };
}
