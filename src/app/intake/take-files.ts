/** Takes files that a person brought, by drop or by choice, for what they are: runs, weights or images. Says itself what it can't take. */
import type { PageStores } from "../context/page-stores.tsx";
import { loadWeights } from "../export/run-files.ts";
import { notifyFailure } from "../kit/notify.ts";
import { importAndUse } from "../panels/import-images.ts";
import { bringIn } from "../runs/use-run-actions.ts";
import { kindOfFiles, readableFiles } from "./file-kind.ts";

/** Never rejects. */
export async function takeFiles(pages: Pick<PageStores, "session" | "runs">, files: readonly File[]): Promise<void> {
  const found = kindOfFiles(files, pages.session.settings.getState().current.spec.data.source);
  switch (found.kind) {
    case "runs":
      return bringIn(pages, files);
    case "weights":
      return loadWeights(pages.session, found.file).catch(notifyFailure("The weights could not be loaded"));
    case "images":
      return importAndUse(pages.session, { kind: "files", set: found.set, files });
    case "foreign":
      return notifyFailure(`Not a format Basin reads: ${found.endings.join(", ")}`)(`Basin reads ${readableFiles()}.`);
  }
}
