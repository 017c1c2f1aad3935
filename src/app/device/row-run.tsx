/** What starts and stops a table of measurements, and what became of it. */
import { Button, Group } from "@mantine/core";
import type { RowTable } from "../stores/device-store.ts";

interface RowRunProps {
  readonly table: RowTable<unknown>;
  readonly startLabel: string;
  readonly onStart: () => void;
  readonly onStop: () => void;
}

export function RowRun({ table, startLabel, onStart, onStop }: RowRunProps) {
  const isRunning = table.status === "running";
  return (
    <Group gap={8}>
      <Button loading={isRunning} variant="default" onClick={onStart}>
        {startLabel}
      </Button>
      {isRunning && (
        <Button variant="subtle" onClick={onStop}>
          Stop
        </Button>
      )}
      {table.status === "cancelled" && <span role="status">Stopped.</span>}
    </Group>
  );
}
