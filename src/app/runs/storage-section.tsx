/** How much room the browser gives, and whether it may clear it. */
import { Button } from "@mantine/core";
import { useStore } from "zustand";
import { useStores } from "../app-stores.ts";
import { formatBytes } from "../kit/format.ts";
import { notify, notifyFailure } from "../kit/notify.ts";
import { Section } from "../kit/section.tsx";

export function StorageSection() {
  const { runs } = useStores();
  const storage = useStore(runs, (state) => state.storage);
  if (!storage) return null;
  const { usedBytes, leftBytes, persisted } = storage;
  const share = usedBytes / Math.max(1, usedBytes + leftBytes);
  const persist = async () => {
    if (await runs.getState().persist()) return;
    notify("The browser did not agree", "It decides by how much a site is used. Export what must not be lost.");
  };
  return (
    <Section title="Storage">
      <div className="storage-bar" aria-hidden>
        <span style={{ width: `${Math.max(0.5, 100 * share)}%` }} />
      </div>
      <dl className="run-facts">
        <div>
          <dt>Used by this site</dt>
          <dd>{formatBytes(usedBytes)}</dd>
        </div>
        <div>
          <dt>Left</dt>
          <dd>about {formatBytes(leftBytes)}</dd>
        </div>
        <div>
          <dt>When the disk is full</dt>
          <dd>{persisted ? "kept" : "the browser may clear it"}</dd>
        </div>
      </dl>
      {!persisted && (
        <div className="actions run-actions">
          <Button
            variant="default"
            onClick={() => void persist().catch(notifyFailure("The browser could not be asked"))}
          >
            Ask the browser to keep it
          </Button>
        </div>
      )}
    </Section>
  );
}
