/** The whole page takes dropped files. For those who cannot drag, the panel has the same as buttons. */
import { useDropzone } from "react-dropzone";
import { useRuns } from "../context/runs.ts";
import { useSession } from "../context/session.ts";
import { readableFiles } from "../intake/file-kind.ts";
import { takeFiles } from "../intake/take-files.ts";

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
