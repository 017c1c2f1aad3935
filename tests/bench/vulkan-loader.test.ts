import { describe, expect, it } from "vitest";
import { requireVulkanLoader } from "./vulkan-loader.ts";

const complaint = "libvulkan.so.1: cannot open shared object file: No such file or directory";

describe("the Vulkan loader", () => {
  it("is asked for by its package where it is missing", () => {
    const asked: string[] = [];
    const refuse = (name: string) => {
      asked.push(name);
      return complaint;
    };
    expect(() => requireVulkanLoader("linux", refuse)).toThrow(/libvulkan1 on Debian or Ubuntu/);
    expect(() => requireVulkanLoader("linux", refuse)).toThrow(complaint);
    expect(asked).toEqual(["libvulkan.so.1", "libvulkan.so.1"]);
  });

  it("is not asked for where it loads, nor where WebGPU does without it", () => {
    expect(() => requireVulkanLoader("linux", () => null)).not.toThrow();
    expect(() => requireVulkanLoader("darwin", () => complaint)).not.toThrow();
    expect(() => requireVulkanLoader("win32", () => complaint)).not.toThrow();
  });
});
