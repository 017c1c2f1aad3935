/** What can be done with one run of a sweep: skip it, try it again, or have it on the Landscape page. */
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconPlayerSkipForward, IconReload, IconZoomIn } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useLandscape } from "../context/landscape.ts";
import { useSession } from "../context/session.ts";
import { useSpectrum } from "../context/spectrum.ts";
import { notifyFailure } from "../kit/notify.ts";
import { openRun } from "../runs/show-run.ts";
import { canRetry, isOpen, type SweepItem } from "../stores/sweep/item.ts";
import { isBusy } from "../stores/training-store.ts";

export function RunAction({ item }: { readonly item: SweepItem }) {
  const session = useSession();
  const landscape = useLandscape();
  const spectrum = useSpectrum();
  const { sweep: queue, training } = session;
  const status = useStore(queue, (state) => state.status);
  const isTaken = useStore(training, (state) => isBusy(state.status));
  const { index, name } = item.run;
  if (isOpen(item)) {
    if (status !== "running") return null;
    return (
      <Action label={`Skip ${name}`} onClick={() => queue.getState().skip(index)}>
        <IconPlayerSkipForward size={14} />
      </Action>
    );
  }
  if (canRetry(item)) {
    if (isTaken || status === "stopping") return null;
    const retry = () => void queue.getState().retry(index).catch(notifyFailure("The sweep stopped"));
    return (
      <Action label={`Try ${name} again`} onClick={retry}>
        <IconReload size={14} />
      </Action>
    );
  }
  if (isTaken) return null;
  const show = () =>
    void openRun({ session, landscape, spectrum }, item.runId).catch(notifyFailure("This run could not be opened"));
  return (
    <Action label={`Open ${name} on the Landscape page`} onClick={show}>
      <IconZoomIn size={14} />
    </Action>
  );
}

interface ActionProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Action({ label, onClick, children }: ActionProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
