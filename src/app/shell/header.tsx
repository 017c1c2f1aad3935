/** The bar at the top: name, pages, device, commands, colour scheme. */
import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCommand,
  IconCpu,
  IconHelp,
  IconMoon,
  IconSun,
} from "@tabler/icons-react";
import { useStore } from "zustand";
import { useStores } from "../app-stores.ts";

export function Header() {
  const { device, preferences, settings } = useStores();
  const page = useStore(preferences, (state) => state.page);
  const report = useStore(device, (state) => state.report);
  const canUndo = useStore(settings, (state) => state.history.past.length > 0);
  const canRedo = useStore(settings, (state) => state.history.future.length > 0);
  const scheme = useComputedColorScheme("light");
  const { setColorScheme } = useMantineColorScheme();
  const open = (next: "landscape" | "device") => preferences.getState().set({ page: next });
  const tab = (next: "landscape" | "device", label: string) => (
    <a
      href={`#${next}`}
      aria-current={page === next ? "page" : undefined}
      onClick={(event) => {
        event.preventDefault();
        open(next);
      }}
    >
      {label}
    </a>
  );
  return (
    <header className="header">
      <p className="wordmark">
        <Mark />
        <span>Basin</span>
      </p>
      <nav className="page-tabs" aria-label="Pages">
        {tab("landscape", "Landscape")}
        {tab("device", "Device")}
      </nav>
      <div className="header-end">
        <button
          type="button"
          className="device-chip"
          title={report?.description ?? "Looking at what this device offers"}
          onClick={() => open("device")}
        >
          <IconCpu size={14} stroke={1.6} aria-hidden />
          <span>
            {report
              ? `${report.backend === "webgpu" ? "WebGPU" : report.backend} · ${report.description}`
              : "Looking at the device"}
          </span>
        </button>
        <IconButton label="Undo (Ctrl Z)" disabled={!canUndo} onClick={() => settings.getState().undo()}>
          <IconArrowBackUp size={18} stroke={1.5} />
        </IconButton>
        <IconButton label="Redo (Ctrl Shift Z)" disabled={!canRedo} onClick={() => settings.getState().redo()} wideOnly>
          <IconArrowForwardUp size={18} stroke={1.5} />
        </IconButton>
        <IconButton label="Commands (Ctrl K)" onClick={() => spotlight.open()}>
          <IconCommand size={18} stroke={1.5} />
        </IconButton>
        <IconButton label="Keys (?)" onClick={() => preferences.getState().set({ keysOpen: true })} wideOnly>
          <IconHelp size={18} stroke={1.5} />
        </IconButton>
        <IconButton
          label={scheme === "dark" ? "Light colours" : "Dark colours"}
          onClick={() => setColorScheme(scheme === "dark" ? "light" : "dark")}
        >
          {scheme === "dark" ? <IconSun size={18} stroke={1.5} /> : <IconMoon size={18} stroke={1.5} />}
        </IconButton>
      </div>
    </header>
  );
}

interface IconButtonProps {
  readonly label: string;
  readonly disabled?: boolean;
  readonly wideOnly?: boolean;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}

function IconButton({ label, disabled = false, wideOnly = false, onClick, children }: IconButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        aria-label={label.replace(/ \(.*/, "")}
        size={30}
        disabled={disabled}
        className={wideOnly ? "wide-only" : ""}
        style={{ background: disabled ? "transparent" : undefined }}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

/** Three contours of a basin and its minimum. */
function Mark() {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" fill="none" stroke="currentColor" aria-hidden>
      <path
        d="M11 1.6c5.6-.4 9.6 3.8 9.4 9-.2 5.7-4.600 9.700-9.700 9.600C5.100 20 1.300 16 1.500 10.700 1.700 5.600 5.600 2 11 1.600Z"
        strokeWidth="1.1"
      />
      <path
        d="M11.700 5.300c3.500-.1 5.500 2.600 5.200 5.700-.3 3.500-3.200 5.700-6.300 5.500-3.100-.2-5.200-2.500-5-5.500.3-3.300 2.900-5.600 6.100-5.700Z"
        strokeWidth="1.300"
      />
      <path
        d="M12.100 8.700c1.700 0 2.400 1.200 2.100 2.600-.3 1.500-1.600 2.300-3 2.200-1.500-.1-2.300-1.200-2.100-2.500.2-1.400 1.500-2.300 3-2.300Z"
        strokeWidth="1.500"
      />
    </svg>
  );
}
