/** The bar at the top: name, pages, device, commands, colour scheme. */
import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import { IconArrowBackUp, IconArrowForwardUp, IconCommand, IconHelp, IconMoon, IconSun } from "@tabler/icons-react";
import { useStore } from "zustand";
import { useRuns } from "../context/runs.ts";
import { useSession } from "../context/session.ts";
import { DeviceChip } from "../device/device-chip.tsx";
import { JobsTray } from "../jobs/jobs-tray.tsx";
import { encodeLink } from "../stores/settings/link.ts";
import { type PageId, pages } from "../stores/settings/pages.ts";

export function Header() {
  const { preferences, settings } = useSession();
  const page = useStore(preferences, (state) => state.page);
  const { runs, undo } = useRuns();
  const hasPast = useStore(settings, (state) => state.history.past.length > 0);
  const hasRemoved = useStore(runs, (state) => state.removed.size > 0);
  const canRedo = useStore(settings, (state) => state.history.future.length > 0);
  const scheme = useComputedColorScheme("light");
  // Holding transitions still would take a style element, which the content security policy refuses.
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const open = (next: PageId) => preferences.getState().set({ page: next });
  return (
    <header className="header">
      <p className="wordmark">
        <Mark />
        <span>Basin</span>
      </p>
      <nav className="page-tabs" aria-label="Pages">
        {pages.map(({ id, title }) => (
          <PageTab key={id} id={id} title={title} isCurrent={page === id} open={open} />
        ))}
      </nav>
      <div className="header-end">
        <JobsTray />
        <DeviceChip onOpen={() => open("device")} />
        <IconButton label="Undo (Ctrl Z)" disabled={!hasPast && !hasRemoved} onClick={undo}>
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

interface PageTabProps {
  readonly id: PageId;
  readonly title: string;
  readonly isCurrent: boolean;
  readonly open: (page: PageId) => void;
}

/** A link, so that it can be opened beside, copied and gone back from; a plain click changes the page without loading it anew. */
function PageTab({ id, title, isCurrent, open }: PageTabProps) {
  const current = useStore(useSession().settings, (state) => state.current);
  return (
    <a
      href={`#${encodeLink({ page: id, settings: current })}`}
      aria-current={isCurrent ? "page" : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        open(id);
      }}
    >
      {title}
    </a>
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
        d="M11 1.6c5.6-.4 9.6 3.8 9.4 9-.2 5.7-4.6 9.7-9.7 9.6C5.1 20 1.3 16 1.5 10.7 1.7 5.6 5.6 2 11 1.6Z"
        strokeWidth="1.1"
      />
      <path
        d="M11.7 5.3c3.5-.1 5.5 2.6 5.2 5.7-.3 3.5-3.2 5.7-6.3 5.5-3.1-.2-5.2-2.5-5-5.5.3-3.3 2.9-5.6 6.1-5.7Z"
        strokeWidth="1.3"
      />
      <path
        d="M12.1 8.7c1.7 0 2.4 1.2 2.1 2.6-.3 1.5-1.6 2.3-3 2.2-1.5-.1-2.3-1.2-2.1-2.5.2-1.4 1.5-2.3 3-2.3Z"
        strokeWidth="1.5"
      />
    </svg>
  );
}
