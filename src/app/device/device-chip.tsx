/** The header's word on what computes; more on hover and on the Device page. */
import { Tooltip } from "@mantine/core";
import { IconCpu } from "@tabler/icons-react";
import { useStore } from "zustand";
import { useSession } from "../context/session.ts";
import styles from "./device-chip.module.css";
import { engineDetails, processorName } from "./engine-words.ts";

export function DeviceChip({ onOpen }: { readonly onOpen: () => void }) {
  const report = useStore(useSession().device, (state) => state.report);
  const details = report ? engineDetails(report) : "Looking at what this device offers.";
  const name = report ? processorName(report) : "…";
  return (
    <Tooltip label={details} multiline w={300} events={{ hover: true, focus: true, touch: false }}>
      <button type="button" className={styles.chip} aria-label={`${name}: device`} onClick={onOpen}>
        <IconCpu size={14} stroke={1.6} aria-hidden />
        <span>{name}</span>
      </button>
    </Tooltip>
  );
}
