/**
 * How the tfjs backend scales over workers that own one each: surface points of half-width VGG11 with BatchNorm on one
 * worker and on two, interleaved. Run: npx tsx tests/bench/wasm-workers.ts
 */
import { Worker } from "node:worker_threads";

const pointsEach = 6;
const rounds = 3;

const next = <T>(worker: Worker): Promise<T> =>
  new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });

const workers = [0, 1].map(() => {
  const module = new URL("./wasm-worker.ts", import.meta.url).href;
  return new Worker(new URL("./typescript-worker.mjs", import.meta.url), { workerData: { module } });
});
await Promise.all(workers.map((worker) => next(worker)));

/** FLOP/s of the first `count` workers together, by the clock and by the processor time that they had. */
async function rates(count: number): Promise<{ clock: number; processor: number }> {
  const [start, cpuBefore] = [performance.now(), process.cpuUsage()];
  const busy = workers.slice(0, count).map((worker) => {
    worker.postMessage(pointsEach);
    return next<number>(worker);
  });
  const flops = (await Promise.all(busy)).reduce((total, own) => total + own, 0);
  const cpu = process.cpuUsage(cpuBefore);
  return { clock: flops / ((performance.now() - start) / 1e3), processor: flops / ((cpu.user + cpu.system) / 1e6) };
}

const gflop = (flopPerSecond: number) => (flopPerSecond / 1e9).toFixed(1);
for (let round = 0; round < rounds; round++) {
  const [one, two] = [await rates(1), await rates(2)];
  console.log(
    `one worker ${gflop(one.clock)} GFLOP/s, two ${gflop(two.clock)}: ${(two.clock / one.clock).toFixed(2)} times as fast; ` +
      `by processor time ${gflop(one.processor)} and ${gflop(two.processor)}, which on two idle processors is ` +
      `${((2 * two.processor) / one.processor).toFixed(2)} times as fast`,
  );
}
await Promise.all(workers.map((worker) => worker.terminate()));
