/** How many points a plane is measured at. */
import { Select } from "@mantine/core";

const counts = [15, 25, 51] as const;

export const usualPlaneSize = 25;

export interface PlaneSizeSelectProps {
  readonly label: string;
  /** Points a side. */
  readonly value: number;
  readonly onChange: (count: number) => void;
}

export function PlaneSizeSelect({ label, value, onChange }: PlaneSizeSelectProps) {
  return (
    <Select
      aria-label={label}
      w={110}
      value={String(value)}
      data={counts.map((side) => ({ value: String(side), label: `${side} × ${side}` }))}
      onChange={(next) => onChange(counts.find((side) => String(side) === next) ?? usualPlaneSize)}
    />
  );
}
