/** Whether CIFAR-10 is here, and the ways to bring it: by drop, from files, or downloaded on request. */
import { Button, FileButton } from "@mantine/core";
import { useStore } from "zustand";
import { cifar10Sources } from "../../data/cifar10-sources.ts";
import { useStores } from "../app-stores.ts";
import { formatBytes, formatCount } from "../kit/format.ts";
import { importAndUse } from "./import-images.ts";

export function CifarStatus() {
  const { data } = useStores();
  const { stored, status } = useStore(data);
  if (stored)
    return (
      <p className="note">
        CIFAR-10 is kept in this browser: {formatCount(stored.trainCount)} training and {formatCount(stored.testCount)}{" "}
        test images, {formatBytes(stored.bytes)}.
      </p>
    );
  return status === "importing" ? null : <BringImages />;
}

function BringImages() {
  const stores = useStores();
  const source = cifar10Sources.find(({ crossOrigin }) => crossOrigin);
  const byHand = cifar10Sources.find(({ crossOrigin }) => !crossOrigin);
  const bytes = source?.files.reduce((sum, file) => sum + file.bytes, 0) ?? 0;
  return (
    <>
      <p className="note">
        To use CIFAR-10, drop cifar-10-binary.tar.gz, its .bin files or the .parquet files anywhere on this page
        {byHand && (
          <>
            {" "}
            (from{" "}
            <a href={byHand.page} target="_blank" rel="noreferrer">
              {new URL(byHand.page).host}
            </a>
            )
          </>
        )}
        . They are read here and kept in this browser; nothing is sent anywhere.
      </p>
      <div className="actions" style={{ marginTop: 8 }}>
        <FileButton
          multiple
          accept=".gz,.tgz,.tar,.bin,.parquet"
          onChange={(files) => void importAndUse(stores, { kind: "files", files })}
        >
          {(props) => (
            <Button variant="default" {...props}>
              Choose files
            </Button>
          )}
        </FileButton>
        {source && (
          <Button variant="default" onClick={() => void importAndUse(stores, { kind: "download" })}>
            Download {formatBytes(bytes)}
          </Button>
        )}
      </div>
      {source && (
        <p className="note">
          The download asks {new URL(source.files[0].url).host} for {source.files.length} files of {source.name}, checks
          their size and checksum, and keeps them in this browser.
        </p>
      )}
    </>
  );
}
