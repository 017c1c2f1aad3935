/** What the limits of a graphics device count, as the WebGPU specification has it (section 3.6.2, "Limits"). */
import { formatBytes, formatCount } from "../kit/format.ts";

type LimitName = Exclude<keyof GPUSupportedLimits, "__brand">;

/** Everything else counts invocations, workgroups, bindings, texels and the like. */
const inBytes: ReadonlySet<string> = new Set<LimitName>([
  "maxUniformBufferBindingSize",
  "maxStorageBufferBindingSize",
  "minUniformBufferOffsetAlignment",
  "minStorageBufferOffsetAlignment",
  "maxBufferSize",
  "maxVertexBufferArrayStride",
  "maxColorAttachmentBytesPerSample",
  "maxComputeWorkgroupStorageSize",
  "maxImmediateSize",
]);

export const formatLimit = (name: string, value: number): string =>
  inBytes.has(name) ? formatBytes(value) : formatCount(value);

/** maxComputeWorkgroupSizeX → Max compute workgroup size X. */
export function limitTitle(name: string): string {
  const words = name
    .split(/(?=[A-Z])/)
    .map((word) => (word.length > 1 ? word.toLowerCase() : word))
    .join(" ");
  return words[0].toUpperCase() + words.slice(1);
}
