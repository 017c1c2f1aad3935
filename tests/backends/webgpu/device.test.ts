/** What a device is asked for, and what a person is told when there is none. */
import { afterEach, expect, test, vi } from "vitest";
import { BackendUnavailableError } from "../../../src/backends/backend.ts";
import { acquireDevice } from "../../../src/backends/webgpu/device.ts";

afterEach(() => vi.unstubAllGlobals());

const swiftShader = {
  vendor: "google",
  architecture: "swiftshader",
  device: "",
  description: "SwiftShader driver 5.0.0",
  subgroupMinSize: 4,
  subgroupMaxSize: 4,
  isFallbackAdapter: true,
};
const limits = { maxBufferSize: 2 ** 30, maxStorageBuffersPerShaderStage: 12, maxComputeWorkgroupStorageSize: 32768 };

interface FakeAdapter {
  readonly info?: Partial<typeof swiftShader>;
  readonly features?: readonly string[];
  readonly requestDevice?: (descriptor: GPUDeviceDescriptor) => Promise<unknown>;
}

function stubAdapter({ info, features = [], requestDevice }: FakeAdapter): void {
  const lost = Promise.resolve({ reason: "unknown", message: "driver reset" });
  const adapter = {
    info: { ...swiftShader, ...info },
    features: new Set(features),
    limits,
    requestDevice: requestDevice ?? (() => Promise.resolve({ limits, lost })),
  };
  vi.stubGlobal("navigator", { gpu: { requestAdapter: () => Promise.resolve(adapter) } });
}

/** A page, not Node. */
function stubPage(navigator: object, isSecureContext = true): void {
  vi.stubGlobal("window", {});
  vi.stubGlobal("isSecureContext", isSecureContext);
  vi.stubGlobal("navigator", navigator);
}

test("asks for the adapter's own limits and for the features it offers, no others", async () => {
  const requestDevice = vi.fn(() => Promise.resolve({ limits, lost: new Promise(() => {}) }));
  stubAdapter({ features: ["timestamp-query", "subgroups", "texture-compression-bc"], requestDevice });
  const { facts } = await acquireDevice();
  expect(requestDevice).toHaveBeenCalledWith({
    requiredFeatures: ["timestamp-query", "subgroups"],
    requiredLimits: expect.objectContaining(limits),
  });
  expect(facts.features).toEqual(["timestamp-query", "subgroups"]);
});

test("knows a software renderer and its subgroups", async () => {
  stubAdapter({ features: ["subgroups"] });
  const { traits, facts, name } = await acquireDevice();
  expect(facts.software).toBe(true);
  expect(traits).toMatchObject({ cpu: true, subgroupSize: 4, maxStorageBuffersPerShaderStage: 12 });
  expect(name).toBe("google swiftshader SwiftShader driver 5.0.0");
});

test("counts on a subgroup size only where the feature is there and the size is fixed", async () => {
  stubAdapter({ features: [] });
  expect((await acquireDevice()).traits.subgroupSize).toBeNull();
  const gpu = { vendor: "intel", architecture: "gen-12lp", isFallbackAdapter: false, description: "" };
  stubAdapter({ features: ["subgroups"], info: { ...gpu, subgroupMinSize: 8, subgroupMaxSize: 32 } });
  expect((await acquireDevice()).traits).toMatchObject({ cpu: false, subgroupSize: null });
});

test("reports the loss of a device, which never rejects", async () => {
  stubAdapter({});
  expect(await (await acquireDevice()).lost).toEqual({ destroyed: false, message: "driver reset" });
});

test.each([
  ["a page that is not secure", () => stubPage({}, false), /secure contexts.*https/],
  ["a browser without WebGPU", () => stubPage({}), /navigator\.gpu is missing.*Chrome.*Firefox/],
  [
    "no adapter",
    () => stubPage({ gpu: { requestAdapter: () => Promise.resolve(null) } }),
    /no adapter.*blocklist.*chrome:\/\/gpu/,
  ],
  [
    "an adapter that gives no device",
    () => stubAdapter({ requestDevice: () => Promise.reject(new Error("limit")) }),
    /google swiftshader.*gave no device.*limit.*driver/,
  ],
])("%s: says so and what would help", async (_, stub, message) => {
  stub();
  const failure = await acquireDevice().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(BackendUnavailableError);
  expect(String(failure)).toMatch(message);
});
