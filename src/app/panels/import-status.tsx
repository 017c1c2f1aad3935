/** The import that goes on, wherever it was started from: the fields of the data may be folded away. */
import { Button } from "@mantine/core";
import { useStore } from "zustand";
import { type DataSetId, factsOf } from "../../data/sets/facts.ts";
import { useSession } from "../context/session.ts";
import { Alert } from "../kit/alert.tsx";
import { formatBytes } from "../kit/format.ts";
import { Meter } from "../kit/meter.tsx";
import { Note } from "../kit/note.tsx";

const phaseNames = {
  downloading: "Downloading",
  checking: "Checking",
  reading: "Reading",
  storing: "Storing",
} as const;

export function ImportStatus() {
  const { data } = useSession();
  const { importing, message } = useStore(data);
  if (importing !== null) return <ImportProgress set={importing} />;
  return message === null ? null : <Alert title="The images kept here could not be read">{message}</Alert>;
}

function ImportProgress({ set }: { readonly set: DataSetId }) {
  const { data } = useSession();
  const progress = useStore(data, (state) => state.progress);
  const fraction = progress?.totalBytes ? progress.loadedBytes / progress.totalBytes : 0;
  const total = progress?.totalBytes ? ` of ${formatBytes(progress.totalBytes)}` : "";
  return (
    <div>
      <Meter label={`Import of ${factsOf(set).title}`} fraction={fraction} />
      <Note>
        {progress
          ? `${phaseNames[progress.phase]} ${progress.detail}, ${formatBytes(progress.loadedBytes)}${total}`
          : "Starting"}
      </Note>
      <Button mt={8} variant="default" onClick={() => data.getState().cancel()}>
        Cancel the import
      </Button>
    </div>
  );
}
