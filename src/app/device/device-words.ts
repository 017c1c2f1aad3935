/** What the Device page says of a report. */
import type { DeviceReport } from "../../jobs/device-jobs.ts";
import { formatBytes, formatCount, formatFlop } from "../kit/format.ts";

export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** Tensors come and go in WebAssembly's heap, which only grows: the heap is what the browser has given. */
export function memoryWords({ wasm, memoryBytes, peakMemoryBytes }: DeviceReport): string {
  const [held, peak] = [formatBytes(memoryBytes), `at most ${formatBytes(peakMemoryBytes)} so far`];
  return wasm ? `${formatBytes(wasm.heapBytes)} of heap, of which ${held} in tensors (${peak})` : `${held}, ${peak}`;
}

export const speedWords = ({ flopPerSecond }: DeviceReport): string =>
  flopPerSecond === undefined
    ? "not measured yet: train, or run the benchmark"
    : `${formatFlop(flopPerSecond)}/s in its last work`;

/** What matters of the processor where it computes. */
export function processorFacts({ processor, wasm }: DeviceReport): readonly Fact[] {
  const { cores, workers, crossOriginIsolated } = processor;
  const facts: Fact[] = [{ name: "Processor cores", value: `${formatCount(cores)}, as the browser tells` }];
  if (!wasm) return facts;
  return [
    ...facts,
    { name: "Threads", value: threadWords(wasm.threads, workers) },
    {
      name: "Shared memory",
      value: crossOriginIsolated
        ? "possible, since the page is cross-origin isolated; not used"
        : "not possible, since the page is not cross-origin isolated; not used",
    },
    {
      name: "Vector instructions (SIMD)",
      value: wasm.simd ? "used" : "not supported by this browser, which makes it several times slower",
    },
  ];
}

function threadWords(threads: number, workers: number): string {
  const each = `${formatCount(threads)} in each worker, with a heap of its own`;
  return workers === 0 ? each : `${each}; up to ${formatCount(workers)} workers share a long surface or path`;
}

/** What the adapter says of itself; empty without one. */
export const adapterFacts = ({ adapter = {} }: DeviceReport): readonly Fact[] =>
  Object.entries(adapter).map(([name, value]) => ({
    name: name === "software" ? "Software renderer" : name[0].toUpperCase() + name.slice(1),
    value: value || "not told",
  }));
