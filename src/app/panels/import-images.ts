/** Imports images and, when that succeeds, makes them the experiment's data. */

import type { ImportParams } from "../../jobs/image-jobs.ts";
import type { AppStores } from "../app-stores.ts";
import { formatCount } from "../kit/format.ts";
import { notify } from "../kit/notify.ts";

export async function importAndUse(stores: AppStores, params: ImportParams): Promise<void> {
  if (params.kind === "files" && params.files.length === 0) return;
  if (!(await stores.data.getState().importImages(params))) return;
  const { stored } = stores.data.getState();
  const { spec } = stores.settings.getState().current;
  stores.settings.getState().setSpec("data.source", { ...spec, data: { ...spec.data, source: "cifar10" } });
  if (stored) {
    notify(
      "CIFAR-10 is here",
      `${formatCount(stored.trainCount)} training and ${formatCount(stored.testCount)} test images, kept in this browser.`,
    );
  }
}
