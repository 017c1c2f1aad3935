/**
 * `auto`: the engine that is faster here. A graphics adapter that is a renderer on the processor loses without a trial: the same
 * training takes it 7 to 8 times as long as WebAssembly. One that a driver of known make stands behind wins without one.
 * One that doesn't say what it is is measured against WebAssembly for a quarter of a second.
 */
import { type Backend, BackendUnavailableError } from "../../backends/backend.ts";
import type { FoundAdapter } from "../../backends/webgpu/device.ts";
import type { EngineReason } from "../device-jobs.ts";

/** The ways to an engine; a test has others. */
export interface Engines {
  /** Throws BackendUnavailableError. */
  findAdapter(): Promise<Pick<FoundAdapter, "facts" | "name">>;
  /** Makes a backend on the adapter found. Throws BackendUnavailableError. */
  createWebgpu(): Promise<Backend>;
  createTfjs(): Promise<Backend>;
  /** Work a second within a budget; undefined when it was too short. */
  measureRate(backend: Backend, budgetMs: number): Promise<number | undefined>;
}

export interface ChosenEngine {
  readonly backend: Backend;
  readonly reason: EngineReason;
}

/** Makers of graphics processors, as browsers name them. */
const knownVendors = /nvidia|amd|ati\b|apple|intel|qualcomm|arm\b|img-tec|imagination|samsung|microsoft/i;
/** The trial's quarter of a second. The graphics adapter has to compile its kernels within its part. */
const budgetMs = { tfjs: 60, webgpu: 190 };

export async function chooseEngine(engines: Engines): Promise<ChosenEngine> {
  try {
    const { facts, name } = await engines.findAdapter();
    if (facts.software) return { backend: await engines.createTfjs(), reason: software(name) };
    if (knownVendors.test(name)) return { backend: await engines.createWebgpu(), reason: hardware(name) };
    return await fasterOf(await engines.createWebgpu(), await engines.createTfjs(), engines.measureRate);
  } catch (error) {
    if (!(error instanceof BackendUnavailableError)) throw error;
    return { backend: await engines.createTfjs(), reason: { kind: "unavailable", text: error.message } };
  }
}

/** The loser is disposed of. An adapter that isn't through its trial in time is taken at its word: it says it is no software. */
async function fasterOf(webgpu: Backend, tfjs: Backend, measureRate: Engines["measureRate"]): Promise<ChosenEngine> {
  const tfjsRate = await measureRate(tfjs, budgetMs.tfjs);
  const webgpuRate = await measureRate(webgpu, budgetMs.webgpu);
  const backend = tfjsRate !== undefined && webgpuRate !== undefined && tfjsRate > webgpuRate ? tfjs : webgpu;
  (backend === tfjs ? webgpu : tfjs).dispose();
  return { backend, reason: measured(backend.kind === "tfjs", webgpuRate, tfjsRate) };
}

const software = (name: string): EngineReason => ({
  kind: "software",
  text: `The browser's WebGPU is drawn by the processor here (${name}), and the same training takes it 7 to 8 times as long as WebAssembly. With a graphics processor, switch hardware acceleration on in the browser and update the graphics driver.`,
});

const hardware = (name: string): EngineReason => ({
  kind: "hardware",
  text: `There is a graphics processor (${name}), which is faster than the processor.`,
});

function measured(tfjsWon: boolean, webgpuRate: number | undefined, tfjsRate: number | undefined): EngineReason {
  const unnamed = "The browser does not say what its graphics adapter is";
  if (webgpuRate === undefined || tfjsRate === undefined) {
    return {
      kind: "measured",
      text: `${unnamed}, and a trial of a quarter of a second did not decide: WebGPU is taken.`,
    };
  }
  const rates = `WebGPU ${inGiga(webgpuRate)}, WebAssembly ${inGiga(tfjsRate)}`;
  const won = tfjsWon ? "WebAssembly" : "WebGPU";
  return {
    kind: "measured",
    text: `${unnamed}; in a trial of a quarter of a second ${won} was faster (${rates} billion multiplications a second).`,
  };
}

const inGiga = (rate: number): string => (rate < 1e10 ? (rate / 1e9).toPrecision(2) : (rate / 1e9).toFixed(0));
