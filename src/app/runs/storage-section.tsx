/** How much room the browser gives, what images take of it, and whether it may clear it. */
import { Button } from "@mantine/core";
import { useStore } from "zustand";
import { factsOf } from "../../data/sets/facts.ts";
import { useRuns } from "../context/runs.ts";
import { useSession } from "../context/session.ts";
import { Actions } from "../kit/actions.tsx";
import { formatBytes } from "../kit/format.ts";
import { notify, notifyFailure } from "../kit/notify.ts";
import { Section } from "../kit/section.tsx";
import { RemoveImages } from "../panels/remove-images.tsx";

export function StorageSection() {
  const { data } = useSession();
  const { runs } = useRuns();
  const kept = useStore(data, (state) => state.kept);
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
        {kept.map(({ set, bytes }) => (
          <div key={set}>
            <dt>Images of {factsOf(set).title}</dt>
            <dd>{formatBytes(bytes)}</dd>
          </div>
        ))}
      </dl>
      {!persisted && (
        <Actions spread="equal" marginTop={6}>
          <Button
            variant="default"
            onClick={() => void persist().catch(notifyFailure("The browser could not be asked"))}
          >
            Ask the browser to keep it
          </Button>
        </Actions>
      )}
      {kept.map((images) => (
        <Actions key={images.set} spread="equal" marginTop={6}>
          <RemoveImages kept={images} />
        </Actions>
      ))}
    </Section>
  );
}
