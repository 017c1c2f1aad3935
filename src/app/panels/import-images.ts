/** Imports images and, when that succeeds, makes them the experiment's data; says on any page how it went. */
import { type DataSetId, factsOf } from "../../data/sets/facts.ts";
import type { Spec } from "../../experiment/spec.ts";
import type { ImportParams } from "../../jobs/image-jobs.ts";
import type { SessionStores } from "../context/session.ts";
import { formatCount } from "../kit/format.ts";
import { clearFailure, notify, notifyFailure } from "../kit/notify.ts";
import { imageCounts } from "../stores/image-counts.ts";

const failure = "The images were not imported";

/** Never rejects. */
export async function importAndUse(
  { data, settings }: Pick<SessionStores, "data" | "settings">,
  params: ImportParams,
): Promise<void> {
  if (params.kind === "files" && params.files.length === 0) return;
  try {
    if (!(await data.getState().importImages(params))) return;
  } catch (error) {
    notifyFailure(failure)(error);
    return;
  }
  clearFailure(failure);
  const { title } = factsOf(params.set);
  const { train, test } = imageCounts(params.set, data.getState().kept);
  settings.getState().setSpec("data.source", withDataSet(settings.getState().current.spec, params.set));
  notify(
    `${title} imported`,
    `${formatCount(train)} training and ${formatCount(test)} test images, kept in this browser.`,
  );
}

/** The experiment on another data set. A model that had as many outputs as the former one has classes goes with it. */
export function withDataSet(spec: Spec, source: DataSetId): Spec {
  const [before, now] = [spec.data.source, source].map((id) => factsOf(id).classNames.length);
  const classes = spec.model.classes === before ? now : Math.max(spec.model.classes, now);
  return { ...spec, model: { ...spec.model, classes }, data: { ...spec.data, source } };
}
