/** The whole page takes dropped files. For those who cannot drag, the panel has the same as buttons. */
import { useDropzone } from "react-dropzone";
import { type AppStores, useStores } from "../app-stores.ts";
import { loadWeights } from "../export/run-files.ts";
import { notifyFailure } from "../kit/notify.ts";
import { importAndUse } from "../panels/import-images.ts";
import { bringIn } from "../runs/use-run-actions.ts";
import { kindOfFiles, readableFiles } from "./file-kind.ts";

export default function DropTarget() {
  const stores = useStores();
  const { getRootProps, isDragGlobal } = useDropzone({
    noClick: true,
    noKeyboard: true,
    onDrop: (files) => void takeFiles(stores, files),
  });
  return (
    <div {...getRootProps({ className: "drop-target", "aria-hidden": true, hidden: !isDragGlobal })}>
      <p>Drop {readableFiles()}: they are read here and stay in this browser.</p>
    </div>
  );
}

async function takeFiles(stores: AppStores, files: readonly File[]): Promise<void> {
  const found = kindOfFiles(files, stores.settings.getState().current.spec.data.source);
  switch (found.kind) {
    case "runs":
      return bringIn(stores, files);
    case "weights":
      return loadWeights(stores, found.file).catch(notifyFailure("The weights could not be loaded"));
    case "images":
      return importAndUse(stores, { kind: "files", set: found.set, files });
    case "foreign":
      return notifyFailure(`Not a format Basin reads: ${found.endings.join(", ")}`)(`Basin reads ${readableFiles()}.`);
  }
}
