/** What the built page may load and call: its content security policy, as a meta element and as headers. */
import type { Plugin } from "vite";
import type { DataSetFacts } from "../src/data/sets/data-set.ts";
import { dataSetFacts } from "../src/data/sets/facts.ts";

const sets: readonly DataSetFacts[] = dataSetFacts;

/** Where hosts of data send a download on to. A policy follows redirects. */
const redirects: Readonly<Record<string, readonly string[]>> = {
  "https://huggingface.co": ["https://*.huggingface.co", "https://*.hf.co"],
};

/** Origins that the visitor's download buttons call, and where these send them on to. */
export const dataOrigins: readonly string[] = [
  ...new Set(
    sets
      .flatMap(({ files }) => files?.sources ?? [])
      .filter(({ crossOrigin }) => crossOrigin)
      .flatMap(({ files }) => files.map(({ url }) => new URL(url).origin))
      .flatMap((origin) => [origin, ...(redirects[origin] ?? [])]),
  ),
];

/**
 * Scripts, styles, workers and kernels are files of the page. Style elements and attributes in markup are refused: what
 * React sets on an element is neither, nor is the sheet of the theme's variables (docs/decisions/no-inline-styles.md).
 * Drawings become pictures by data addresses on their way to a PNG.
 */
const directives: Readonly<Record<string, readonly string[]>> = {
  "default-src": ["'self'"],
  "script-src": ["'self'", "'wasm-unsafe-eval'"],
  "worker-src": ["'self'"],
  "connect-src": ["'self'", ...dataOrigins],
  "style-src": ["'self'"],
  "img-src": ["'self'", "data:", "blob:"],
  "object-src": ["'none'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
};

export const contentSecurityPolicy = Object.entries(directives)
  .map(([name, sources]) => [name, ...sources].join(" "))
  .join("; ");

/**
 * For a host that sets headers: the policy also reaches the workers, and the page is isolated from other origins, which
 * gives it finer clocks and shared memory.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  "Content-Security-Policy": `${contentSecurityPolicy}; frame-ancestors 'self'`,
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
};

/** Writes the policy into the built page, for hosts that set no headers. */
export const contentSecurity = (): Plugin => ({
  name: "basin-content-security",
  apply: "build",
  transformIndexHtml: () => [
    {
      tag: "meta",
      attrs: { "http-equiv": "Content-Security-Policy", content: contentSecurityPolicy },
      injectTo: "head-prepend",
    },
  ],
});
