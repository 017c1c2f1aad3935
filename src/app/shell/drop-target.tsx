/** The whole page takes dropped files. For those who cannot drag, the panel has the same as buttons. */
import { Dropzone } from "@mantine/dropzone";
import "@mantine/dropzone/styles.css";
import { type AppStores, useStores } from "../app-stores.ts";
import { loadWeights } from "../export/run-files.ts";
import { notifyFailure } from "../kit/notify.ts";
import { importAndUse } from "../panels/import-images.ts";
import { areRunFiles } from "../runs/import-runs.ts";
import { bringIn } from "../runs/use-run-actions.ts";

export default function DropTarget() {
  const stores = useStores();
  return (
    <div aria-hidden>
      <Dropzone.FullScreen
        withinPortal={false}
        activateOnKeyboard={false}
        onDrop={(files) => void takeFiles(stores, files)}
      >
        <p style={{ margin: "30vh auto", textAlign: "center", fontSize: "1.125rem", pointerEvents: "none" }}>
          Drop cifar-10-binary.tar.gz, its .bin files or a .parquet, weights as .safetensors, or runs as .zip or
          folders: they are read here and stay in this browser.
        </p>
      </Dropzone.FullScreen>
    </div>
  );
}

async function takeFiles(stores: AppStores, files: readonly File[]): Promise<void> {
  if (areRunFiles(files)) {
    await bringIn(stores, files);
    return;
  }
  const weights = files.find(({ name }) => name.endsWith(".safetensors"));
  if (weights) await loadWeights(stores, weights).catch(notifyFailure("The weights could not be loaded"));
  else await importAndUse(stores, { kind: "files", files });
}
