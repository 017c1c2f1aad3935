/** The Vulkan loader, without which WebGPU in Node finds no adapter on Linux and does not say why. */

const library = "libvulkan.so.1";

/** Tries to load a shared library; returns the loader's complaint when there is none, else null. */
type TryLoad = (name: string) => string | null;

const tryLoadHere: TryLoad = (name) => {
  try {
    process.dlopen({ exports: {} }, name);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // A library that loads is refused too: it is no addon of Node's.
    return /cannot open shared object/.test(message) ? message : null;
  }
  return null;
};

/** The message names the package to install. */
export class MissingLoaderError extends Error {
  override readonly name = "MissingLoaderError";
}

/** Throws MissingLoaderError. */
export function requireVulkanLoader(platform: string = process.platform, tryLoad: TryLoad = tryLoadHere): void {
  if (platform !== "linux") return;
  const complaint = tryLoad(library);
  if (complaint === null) return;
  throw new MissingLoaderError(
    `WebGPU in Node needs the Vulkan loader, and it could not be loaded (${complaint}). Install the package libvulkan1 ` +
      "on Debian or Ubuntu (apt-get install libvulkan1), vulkan-loader on Fedora, vulkan-icd-loader on Arch.",
  );
}
