/**
 * WebGPU in Node as `navigator.gpu`, for libraries that look for it there. Unless VK_ICD_FILENAMES says otherwise the
 * device is the software renderer that comes with Chromium, so that figures of different machines are of one kind.
 */
import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { create, globals } from "webgpu";
import { findChromium } from "../../scripts/chromium.mjs";
import { requireVulkanLoader } from "./vulkan-loader.ts";

/** Its devices die with it, so it must not be collected. */
let instance: GPU | undefined;

/** Throws MissingLoaderError. */
export function installNodeGpu(): void {
  if (instance) return;
  requireVulkanLoader();
  selectDriver();
  Object.assign(globalThis, globals);
  // Dawn rounds timestamps to 65 µs unless told not to.
  instance = create(["disable-dawn-features=timestamp_quantization"]);
  const navigator = globalThis.navigator ?? { userAgent: "Node" };
  Object.defineProperty(navigator, "gpu", { value: instance });
  Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
}

/** For this process, if it has no device yet, and those it starts. */
export function selectDriver(): void {
  const driver = process.env.VK_ICD_FILENAMES ?? findSwiftShader();
  if (driver) process.env.VK_ICD_FILENAMES = driver;
}

/** Beside Chromium's binary, which on Debian is not where its launcher is. */
function findSwiftShader(): string | undefined {
  const chromium = findChromium();
  if (!chromium) return undefined;
  const binary = realpathSync(chromium);
  const folders = [dirname(binary), resolve(dirname(binary), "../lib", basename(binary))];
  return folders.map((folder) => join(folder, "vk_swiftshader_icd.json")).find((path) => existsSync(path));
}
