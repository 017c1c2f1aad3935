/** Runs whose records can't be read, with the reason. */
import { Button } from "@mantine/core";
import { useStore } from "zustand";
import { useRuns } from "../context/runs.ts";
import { formatBytes } from "../kit/format.ts";
import { Section } from "../kit/section.tsx";

export function DamagedRuns({ remove }: { readonly remove: (ids: readonly string[]) => void }) {
  const { runs } = useRuns();
  const damaged = useStore(runs, (state) => state.damaged);
  const removed = useStore(runs, (state) => state.removed);
  const shown = damaged.filter(({ id }) => !removed.has(id));
  if (shown.length === 0) return null;
  return (
    <Section title="Runs that can't be read" aside={shown.length}>
      <ul className="damaged-runs">
        {shown.map(({ id, error, bytes }) => (
          <li key={id}>
            <p>
              <b>{id}</b>, {formatBytes(bytes)}
            </p>
            <p>{error.message}</p>
            <Button variant="default" size="compact-xs" onClick={() => remove([id])}>
              Delete
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
