/** Whether CIFAR-10 is here, and the ways to bring it: by drop, from files, or downloaded on request. */
import { Button, FileButton } from "@mantine/core";
import { useStore } from "zustand";
import { cifar10Sources } from "../../data/cifar10-sources.ts";
import { useStores } from "../app-stores.ts";
import { formatBytes, formatCount } from "../figure/format.ts";
import { importAndUse } from "./import-images.ts";
import { Alert } from "./section.tsx";

const phaseNames = {
  downloading: "Downloading",
  checking: "Checking",
  reading: "Reading",
  storing: "Storing",
} as const;

export function CifarStatus() {
  const { data } = useStores();
  const { stored, status, message } = useStore(data);
  if (status === "importing") return <ImportProgress />;
  return (
    <div>
      {message && <Alert title="The images were not imported">{message}</Alert>}
      {stored ? (
        <p className="note">
          CIFAR-10 is kept in this browser: {formatCount(stored.trainCount)} training and{" "}
          {formatCount(stored.testCount)} test images, {formatBytes(stored.bytes)}.
        </p>
      ) : (
        <BringImages />
      )}
    </div>
  );
}

function ImportProgress() {
  const { data } = useStores();
  const progress = useStore(data, (state) => state.progress);
  const fraction = progress?.totalBytes ? progress.loadedBytes / progress.totalBytes : 0;
  const total = progress?.totalBytes ? ` of ${formatBytes(progress.totalBytes)}` : "";
  return (
    <div>
      <div
        className="meter"
        role="progressbar"
        aria-label="Import of CIFAR-10"
        aria-valuenow={Math.round(fraction * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <div style={{ width: `${fraction * 100}%` }} />
      </div>
      <p className="note">
        {progress
          ? `${phaseNames[progress.phase]} ${progress.detail}, ${formatBytes(progress.loadedBytes)}${total}`
          : "Starting"}
      </p>
      <Button mt={8} variant="default" onClick={() => data.getState().cancel()}>
        Cancel the import
      </Button>
    </div>
  );
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
