/** One of the compared runs, by its colour and name. */
import { Select } from "@mantine/core";
import type { Pane } from "./use-panes.ts";

export interface RunSelectProps {
  readonly label: string;
  readonly panes: readonly Pane[];
  readonly value: string | null;
  readonly onChange: (id: string) => void;
}

export function RunSelect({ label, panes, value, onChange }: RunSelectProps) {
  const colour = panes.find(({ id }) => id === value)?.colour;
  return (
    <Select
      aria-label={label}
      w={190}
      value={value}
      data={panes.map(({ id, name }) => ({ value: id, label: name.title }))}
      leftSection={colour && <span className="compare-swatch" style={{ background: colour }} />}
      onChange={(next) => {
        if (next) onChange(next);
      }}
    />
  );
}
