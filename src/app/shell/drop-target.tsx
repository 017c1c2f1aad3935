/** The whole page takes dropped image archives. */
import { Dropzone } from "@mantine/dropzone";
import "@mantine/dropzone/styles.css";
import { useStores } from "../app-stores.ts";
import { importAndUse } from "../panels/import-images.ts";

export default function DropTarget() {
  const stores = useStores();
  return (
    <Dropzone.FullScreen onDrop={(files) => void importAndUse(stores, { kind: "files", files })}>
      <p style={{ margin: "30vh auto", textAlign: "center", fontSize: "1.125rem", pointerEvents: "none" }}>
        Drop cifar-10-binary.tar.gz, its .bin files or a .parquet: they are read here and stay in this browser.
      </p>
    </Dropzone.FullScreen>
  );
}
