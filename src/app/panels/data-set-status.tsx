/** Whether a data set that comes in files is here, and the ways to bring it: by drop, from files, or downloaded on request. */
import { Button, FileButton } from "@mantine/core";
import { useStore } from "zustand";
import { type DataSetFiles, downloadSourceOf } from "../../data/sets/data-set.ts";
import { type DataSetId, factsOf } from "../../data/sets/facts.ts";
import { useSession } from "../context/session.ts";
import { formatBytes, formatCount } from "../kit/format.ts";
import { importAndUse } from "./import-images.ts";
import { RemoveImages } from "./remove-images.tsx";

export function DataSetStatus({ id }: { readonly id: DataSetId }) {
  const { data } = useSession();
  const kept = useStore(data, (state) => state.kept.find(({ set }) => set === id));
  const isImporting = useStore(data, (state) => state.importing !== null);
  const { title, files } = factsOf(id);
  if (kept)
    return (
      <>
        <p className="note">
          {title} is kept in this browser: {formatCount(kept.counts.train)} training and {formatCount(kept.counts.test)}{" "}
          test images, {formatBytes(kept.bytes)}.
        </p>
        <div className="actions" style={{ marginTop: 8 }}>
          <RemoveImages kept={kept} />
        </div>
      </>
    );
  return isImporting || !files ? null : <BringImages id={id} files={files} />;
}

interface BringImagesProps {
  readonly id: DataSetId;
  readonly files: DataSetFiles;
}

function BringImages({ id, files }: BringImagesProps) {
  const session = useSession();
  const source = downloadSourceOf({ files });
  const byHand = files.sources.find(({ crossOrigin }) => !crossOrigin);
  const bytes = source?.files.reduce((sum, file) => sum + file.bytes, 0) ?? 0;
  return (
    <>
      <p className="note">
        To use {factsOf(id).title}, drop {files.words} anywhere on this page
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
          accept={files.endings.join(",")}
          onChange={(chosen) => void importAndUse(session, { kind: "files", set: id, files: chosen })}
        >
          {(props) => (
            <Button variant="default" {...props}>
              Choose files
            </Button>
          )}
        </FileButton>
        {source && (
          <Button variant="default" onClick={() => void importAndUse(session, { kind: "download", set: id })}>
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
