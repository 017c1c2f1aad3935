/**
 * The address and the history of the window. A page that is opened is an entry of its own, so that Back goes back; settings are
 * written into the entry shortly after they change. Going back changes the page and leaves the settings as they are: undo is for those.
 */
import type { InterfaceStore } from "./interface-store.ts";
import { decodeLink, encodeLink, firstPage, pageOf } from "./settings/link.ts";
import { pages } from "./settings/pages.ts";
import type { SettingsStore } from "./settings/settings-store.ts";

/** What the window is, for tests to stand in for. */
export interface AddressBar {
  readonly location: Pick<Location, "hash">;
  readonly history: Pick<History, "state" | "pushState" | "replaceState">;
  readonly document: Pick<Document, "title">;
  addEventListener(type: "popstate" | "hashchange", listener: () => void): void;
}

const settleMs = 300;

/** Marks the entries of the history that are the page's own; the address of any other was typed or followed. */
const ownEntry = "basin";

/** What became of an address that was typed or followed. */
export interface AddressOutcome {
  readonly onError: (error: unknown) => void;
  readonly onFollowed: () => void;
}

/** Keeps address, title and stores equal. A faulty address changes nothing and is reported. */
export function followAddress(
  bar: AddressBar,
  { settings, preferences }: { readonly settings: SettingsStore; readonly preferences: InterfaceStore },
  { onError, onFollowed }: AddressOutcome,
): void {
  const baseTitle = bar.document.title;
  const { history, location } = bar;
  let pending: ReturnType<typeof setTimeout> | undefined;
  const addressOn = (page = preferences.getState().page) =>
    `#${encodeLink({ page, settings: settings.getState().current })}`;
  const write = (page?: Parameters<typeof addressOn>[0]) => {
    clearTimeout(pending);
    pending = undefined;
    history.replaceState(ownEntry, "", addressOn(page));
  };
  const nameWindow = () => {
    const { page } = preferences.getState();
    const title = pages.find(({ id }) => id === page)?.title;
    bar.document.title = page === firstPage ? baseTitle : `${title} · Basin`;
  };

  settings.subscribe((now, before) => {
    if (now.current === before.current) return;
    clearTimeout(pending);
    pending = setTimeout(write, settleMs);
  });
  preferences.subscribe((now, before) => {
    if (now.page === before.page) return;
    nameWindow();
    if (pageOf(location.hash) === now.page) return;
    if (pending !== undefined) write(before.page);
    history.pushState(ownEntry, "", addressOn());
  });
  const goTo = () => {
    if (history.state === ownEntry) {
      preferences.getState().set({ page: pageOf(location.hash) });
      write();
      return;
    }
    try {
      const link = decodeLink(location.hash);
      settings.getState().replace("link", link.settings);
      preferences.getState().set({ page: link.page });
      history.replaceState(ownEntry, "");
      onFollowed();
    } catch (error) {
      onError(error);
    }
  };
  bar.addEventListener("popstate", goTo);
  // An address that is typed is an event of its own in some browsers.
  bar.addEventListener("hashchange", () => {
    if (history.state !== ownEntry) goTo();
  });
  history.replaceState(ownEntry, "");
  nameWindow();
}
