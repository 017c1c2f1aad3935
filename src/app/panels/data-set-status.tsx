/** Whether a data set that comes in files is here, and the ways to bring it: by drop, from files, or downloaded on request. */
import { Anchor, Button, FileButton } from "@mantine/core";
import { useStore } from "zustand";
import { type DataSetFiles, downloadSourceOf } from "../../data/sets/data-set.ts";
import { type DataSetId, factsOf } from "../../data/sets/facts.ts";
import { useSession } from "../context/session.ts";
import { Actions } from "../kit/actions.tsx";
import { formatBytes, formatCount } from "../kit/format.ts";
import { Note } from "../kit/note.tsx";
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
        <Note>
          {title} is kept in this browser: {formatCount(kept.counts.train)} training and {formatCount(kept.counts.test)}{" "}
          test images, {formatBytes(kept.bytes)}.
        </Note>
        <Actions marginTop={8}>
          <RemoveImages kept={kept} />
        </Actions>
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
      <Note>
        To use {factsOf(id).title}, drop {files.words} anywhere on this page
        {byHand && (
          <>
            {" "}
            (from{" "}
            <Anchor inherit underline="always" c="var(--accent)" href={byHand.page} target="_blank" rel="noreferrer">
              {new URL(byHand.page).host}
            </Anchor>
            )
          </>
        )}
        . They are read here and kept in this browser; nothing is sent anywhere.
      </Note>
      <Actions marginTop={8}>
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
      </Actions>
      {source && (
        <Note>
          The download asks {new URL(source.files[0].url).host} for {source.files.length} files of {source.name}, checks
          their size and checksum, and keeps them in this browser.
        </Note>
      )}
    </>
  );
}
