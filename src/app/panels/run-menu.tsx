/** What can be taken out of a run and brought into it: weights as safetensors, the experiment as JSON. */
import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useRef } from "react";
import { useStore } from "zustand";
import { useSession } from "../context/session.ts";
import { copySpec, loadWeights, saveWeights } from "../export/run-files.ts";
import { notifyFailure } from "../kit/notify.ts";
import { isBusy } from "../stores/training-store.ts";

export function RunMenu() {
  const session = useSession();
  const picker = useRef<HTMLInputElement>(null);
  const hasWeights = useStore(session.training, (state) => state.checkpoint !== null);
  const busy = useStore(session.training, (state) => isBusy(state.status));
  return (
    <>
      <input
        ref={picker}
        type="file"
        accept=".safetensors"
        hidden
        aria-label="Weights file"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) void loadWeights(session, file).catch(notifyFailure("The weights could not be loaded"));
        }}
      />
      <Menu position="bottom-end" shadow="sm">
        <Menu.Target>
          <ActionIcon size={24} aria-label="Files of this run">
            <IconDots size={16} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            disabled={!hasWeights}
            onClick={() => void saveWeights(session).catch(notifyFailure("The weights could not be saved"))}
          >
            Save weights (safetensors)
          </Menu.Item>
          <Menu.Item disabled={busy} onClick={() => picker.current?.click()}>
            Load weights (safetensors)
          </Menu.Item>
          <Menu.Item onClick={() => void copySpec(session).catch(notifyFailure("The experiment could not be copied"))}>
            Copy experiment (JSON)
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
