/**
 * Gets a GPU device: from the browser or worker it runs in, or in Node from the optional npm package `webgpu` (Dawn).
 * Asks for the adapter's own limits, not WebGPU's defaults, and says exactly what is missing when there is none.
 */
import { BackendUnavailableError } from "../backend.ts";
import type { DeviceTraits } from "./kernels/traits.ts";

/** The adapter, for people and for tuning records. */
export interface AdapterFacts {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  /** A renderer on the CPU. */
  readonly software: boolean;
  readonly features: readonly GPUFeatureName[];
  readonly limits: Readonly<Record<string, number>>;
}

export interface AcquiredDevice {
  readonly device: GPUDevice;
  readonly facts: AdapterFacts;
  readonly traits: DeviceTraits;
  /** One line: "NVIDIA ampere", "SwiftShader (software)". */
  readonly name: string;
  /** Equal on equal machines: the key under which kernel choices are kept. */
  readonly identity: string;
  /** Resolves (never rejects) with the reason when the device is lost or destroyed. */
  readonly lost: Promise<{ readonly destroyed: boolean; readonly message: string }>;
}

const wantedFeatures = ["timestamp-query", "subgroups", "shader-f16"] as const;
const wantedLimits = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxUniformBufferBindingSize",
  "maxComputeWorkgroupStorageSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupSizeY",
  "maxComputeWorkgroupSizeZ",
  "maxComputeWorkgroupsPerDimension",
] as const satisfies readonly (keyof GPUSupportedLimits)[];

/** A graphics adapter that has been asked for nothing yet but what it is. */
export interface FoundAdapter {
  readonly adapter: GPUAdapter;
  readonly facts: AdapterFacts;
  /** One line: "nvidia ampere", "google swiftshader SwiftShader driver 5.0.0". */
  readonly name: string;
}

/** Throws BackendUnavailableError, whose message says why there is no adapter here and what would help. */
export async function findAdapter(): Promise<FoundAdapter> {
  const gpu = await findGpu();
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw new BackendUnavailableError(noAdapterMessage());
  const features = wantedFeatures.filter((feature) => adapter.features.has(feature));
  const limits = Object.fromEntries(wantedLimits.map((limit) => [limit, adapter.limits[limit]]));
  return { adapter, facts: adapterFacts(adapter.info, features, limits), name: adapterName(adapter.info) };
}

/** Throws BackendUnavailableError, whose message says why there is no device here and what would help. */
export async function acquireDevice(found?: FoundAdapter): Promise<AcquiredDevice> {
  const { adapter, facts, name } = found ?? (await findAdapter());
  const descriptor = { requiredFeatures: [...facts.features], requiredLimits: facts.limits };
  const device = await adapter.requestDevice(descriptor).catch((error: unknown) => {
    throw new BackendUnavailableError(
      `The graphics adapter ${name} gave no device: ${String(error)}. Reload the page; if that does not help, restart the browser or update the graphics driver.`,
    );
  });
  return {
    device,
    facts,
    traits: deviceTraits(facts, adapter.info, device.limits),
    name,
    identity: [facts.vendor, facts.architecture, facts.device, facts.description].join("|"),
    lost: device.lost.then(({ reason, message }) => ({ destroyed: reason === "destroyed", message })),
  };
}

const inNode = () => typeof process === "object" && process.versions?.node !== undefined && !("window" in globalThis);

async function findGpu(): Promise<GPU> {
  if (globalThis.navigator?.gpu) return navigator.gpu;
  if (inNode()) return nodeGpu();
  if (globalThis.isSecureContext === false) {
    throw new BackendUnavailableError(
      "WebGPU exists only in secure contexts, and this page was not loaded over https or from localhost. Open it at https:// or http://localhost.",
    );
  }
  throw new BackendUnavailableError(
    "This browser has no WebGPU (navigator.gpu is missing). Chrome and Edge 113, Safari 26 and Firefox 141 or later have it; on Linux, Chrome may need chrome://flags/#enable-unsafe-webgpu, Firefox dom.webgpu.enabled in about:config.",
  );
}

/** Dawn's instance: its devices die with it, so it must not be collected. */
let nodeInstance: GPU | undefined;

async function nodeGpu(): Promise<GPU> {
  if (nodeInstance) return nodeInstance;
  const name = "webgpu";
  try {
    const { create, globals } = (await import(/* @vite-ignore */ name)) as typeof import("webgpu");
    Object.assign(globalThis, globals);
    nodeInstance = create([]);
    return nodeInstance;
  } catch (error) {
    throw new BackendUnavailableError(
      `Node has no WebGPU of its own, and the optional package "webgpu" could not be loaded (${String(error)}). Install it with "npm install webgpu", or choose the tfjs backend.`,
    );
  }
}

function noAdapterMessage(): string {
  return inNode()
    ? "The package webgpu found no Vulkan, Metal or Direct3D 12 adapter. Install a graphics driver (on Linux a Vulkan one, which VK_ICD_FILENAMES may name, and the Vulkan loader, Debian's package libvulkan1), or choose the tfjs backend."
    : "The browser has WebGPU but offers no adapter: there is no usable graphics processor, its driver is too old or on the browser's blocklist, or hardware acceleration is off. Look at chrome://gpu (about:support in Firefox), switch hardware acceleration on, update the driver, or start Chrome with --enable-unsafe-webgpu.";
}

function adapterFacts(
  info: GPUAdapterInfo,
  features: readonly GPUFeatureName[],
  limits: Readonly<Record<string, number>>,
): AdapterFacts {
  const { vendor, architecture, device, description } = info;
  const software = info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|warp|basic render/i.test(adapterName(info));
  return { vendor, architecture, device, description, software, features, limits };
}

function deviceTraits(facts: AdapterFacts, info: GPUAdapterInfo, limits: GPUSupportedLimits): DeviceTraits {
  const fixedSize = info.subgroupMinSize === info.subgroupMaxSize ? (info.subgroupMinSize ?? null) : null;
  return {
    cpu: facts.software,
    subgroupSize: facts.features.includes("subgroups") ? fixedSize : null,
    maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
    maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
    maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
    maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
  };
}

const adapterName = ({ vendor, architecture, device, description }: GPUAdapterInfo): string =>
  [...new Set([vendor, architecture, description || device].filter((part) => part !== ""))].join(" ") || "unnamed";
