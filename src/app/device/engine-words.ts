/** What the page calls the engines. */
import type { BackendKind } from "../../backends/backend.ts";
import type { BackendChoice, DeviceReport } from "../../jobs/device-jobs.ts";

export const engineNames: Readonly<Record<BackendKind, string>> = {
  webgpu: "WebGPU",
  tfjs: "TensorFlow.js on the processor",
  reference: "float64 reference",
};

/** What does the arithmetic: a software adapter of WebGPU is the processor, tfjs's WebGL is graphics hardware. */
export function processorName({ backend, description, adapter }: DeviceReport): "GPU" | "CPU" {
  if (backend === "webgpu") return adapter?.software === "yes" ? "CPU" : "GPU";
  return /webgl/i.test(description) ? "GPU" : "CPU";
}

/** Which engine and why, for the header's tooltip. */
export const engineDetails = (report: DeviceReport): string =>
  [
    `Computes with ${engineNames[report.backend]}: ${report.description}.`,
    report.reason?.text ?? "Chosen in the address.",
  ].join(" ");

export const choiceNames: Readonly<Record<BackendChoice, string>> = {
  auto: "Automatic, the faster one",
  webgpu: "WebGPU",
  tfjs: "WebAssembly",
  reference: "float64 reference, slow",
};

/** The page's address with another engine; its settings stay. */
export function addressWith(choice: BackendChoice, address: string): string {
  const url = new URL(address);
  if (choice === "auto") url.searchParams.delete("backend");
  else url.searchParams.set("backend", choice);
  return url.href;
}
