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
  const workerData = new URL("./wasm-worker.ts", import.meta.url).href;
  return new Worker(new URL("./typescript-worker.mjs", import.meta.url), { workerData });
});
await Promise.all(workers.map((worker) => next(worker)));

/** FLOP/s of the first `count` workers together. */
async function rate(count: number): Promise<number> {
  const start = performance.now();
  const busy = workers.slice(0, count).map((worker) => {
    worker.postMessage(pointsEach);
    return next<number>(worker);
  });
  const flops = (await Promise.all(busy)).reduce((total, own) => total + own, 0);
  return flops / ((performance.now() - start) / 1000);
}

for (let round = 0; round < rounds; round++) {
  const [one, two] = [await rate(1), await rate(2)];
  const gflop = (flopPerSecond: number) => (flopPerSecond / 1e9).toFixed(1);
  console.log(`one worker ${gflop(one)} GFLOP/s, two ${gflop(two)} GFLOP/s: ${(two / one).toFixed(2)} times as fast`);
}
await Promise.all(workers.map((worker) => worker.terminate()));
