/** The whole page takes dropped files. For those who cannot drag, the panel has the same as buttons. */
import { useDropzone } from "react-dropzone";
import type { PageStores } from "../context/page-stores.tsx";
import { useRuns } from "../context/runs.ts";
import { useSession } from "../context/session.ts";
import { loadWeights } from "../export/run-files.ts";
import { notifyFailure } from "../kit/notify.ts";
import { importAndUse } from "../panels/import-images.ts";
import { bringIn } from "../runs/use-run-actions.ts";
import { kindOfFiles, readableFiles } from "./file-kind.ts";

export default function DropTarget() {
  const session = useSession();
  const runs = useRuns();
  const { getRootProps, isDragGlobal } = useDropzone({
    noClick: true,
    noKeyboard: true,
    onDrop: (files) => void takeFiles({ session, runs }, files),
  });
  return (
    <div {...getRootProps({ className: "drop-target", "aria-hidden": true, hidden: !isDragGlobal })}>
      <p>Drop {readableFiles()}: they are read here and stay in this browser.</p>
    </div>
  );
}

async function takeFiles(pages: Pick<PageStores, "session" | "runs">, files: readonly File[]): Promise<void> {
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
