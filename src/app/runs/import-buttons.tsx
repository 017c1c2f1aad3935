/** Runs from files: what dropping does, for those who cannot drag. */
import { Button } from "@mantine/core";
import { useRef } from "react";
import type { RunActions } from "./use-run-actions.ts";

export function ImportButtons({ actions }: { readonly actions: RunActions }) {
  const zips = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = ({ currentTarget }: React.ChangeEvent<HTMLInputElement>) => {
    const files = [...(currentTarget.files ?? [])];
    currentTarget.value = "";
    if (files.length > 0) actions.bringIn(files);
  };
  const isBusy = actions.busy !== null;
  return (
    <div className="runs-import">
      <input ref={zips} type="file" accept=".zip" multiple hidden aria-label="Zip files of runs" onChange={take} />
      <input
        ref={(picker) => {
          folder.current = picker;
          picker?.setAttribute("webkitdirectory", "");
        }}
        type="file"
        hidden
        aria-label="Folder of runs"
        onChange={take}
      />
      <Button variant="default" disabled={isBusy} onClick={() => zips.current?.click()}>
        Import zip
      </Button>
      <Button variant="default" disabled={isBusy} onClick={() => folder.current?.click()}>
        Import folder
      </Button>
    </div>
  );
}
