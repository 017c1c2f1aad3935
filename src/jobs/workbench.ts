/** What the jobs of one worker share. */
import type { Backend } from "../backends/backend.ts";
import { WorkWindow } from "../execution/work-window.ts";
import type { Spec } from "../experiment/spec.ts";
import { DirectionDraws } from "../landscape/directions.ts";
import { createDeviceCache } from "./device-cache.ts";
import type { BackendChoice } from "./device-jobs.ts";
import type { CreatedBackend, LoadedImages, Platform, Workbench } from "./job-context.ts";
import { TrainerShelf } from "./trainer-shelf.ts";

/** Data specs whose images are kept. */
const keptImages = 2;
/** Compiled evaluations kept. */
const keptResources = 3;

export function createWorkbench(platform: Platform): Workbench {
  const backends = new Map<BackendChoice, Promise<CreatedBackend>>();
  const images = new Map<string, Promise<LoadedImages>>();
  const rates = new Map<string, number>();
  const cache = createDeviceCache(keptResources);

  const createBackend = async (choice: BackendChoice): Promise<CreatedBackend> => {
    const created = await platform.createBackend(choice);
    void created.backend.lost.then(() => {
      backends.delete(choice);
      cache.forget(created.backend);
    });
    return created;
  };

  const loadImages = async (data: Spec["data"]): Promise<LoadedImages> => {
    const [train, test] = await Promise.all([platform.loadImages(data, "train"), platform.loadImages(data, "test")]);
    return { train, test };
  };

  const shared: Omit<Workbench, "cache" | "forJob" | "window"> = {
    platform,
    trainers: new TrainerShelf(),
    draws: new DirectionDraws(),
    backend: (choice) => remember(backends, choice, () => createBackend(choice)),
    images(data) {
      // Augmentation happens later: the images are the same.
      const { augment: _, ...source } = data;
      const loaded = remember(images, JSON.stringify(source), () => loadImages(data));
      for (const oldest of [...images.keys()].slice(0, -keptImages)) images.delete(oldest);
      return loaded;
    },
    forgetImages() {
      images.clear();
      cache.forget();
    },
    rate: ({ kind, description }: Backend) => rates.get(`${kind} ${description}`),
    setRate: ({ kind, description }: Backend, flopPerSecond) => {
      if (flopPerSecond > 0) rates.set(`${kind} ${description}`, flopPerSecond);
    },
  };
  const forJob = (giveWay: () => Promise<void>): Workbench => ({
    ...shared,
    forJob,
    cache: cache.lease(),
    window: () => new WorkWindow({ giveWay }),
  });
  return forJob(async () => {});
}

/** The promise under `key`, made if need be, and moved to the end; a failed one is forgotten. */
function remember<Key, Value>(map: Map<Key, Promise<Value>>, key: Key, make: () => Promise<Value>): Promise<Value> {
  const known = map.get(key) ?? make();
  map.delete(key);
  map.set(key, known);
  known.catch(() => {
    if (map.get(key) === known) map.delete(key);
  });
  return known;
}
