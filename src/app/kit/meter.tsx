/** How far something is: a thin bar, named for those who do not see it. */
import { Progress } from "@mantine/core";

export interface MeterProps {
  readonly label: string;
  /** 0 to 1. */
  readonly fraction: number;
  /** Above the bar, in pixels. */
  readonly marginTop?: number;
}

export function Meter({ label, fraction, marginTop = 10 }: MeterProps) {
  const percent = fraction * 100;
  return (
    <Progress.Root size={3} radius={0} mt={marginTop} bg="var(--hairline)">
      <Progress.Section
        value={percent}
        withAria={false}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(percent)}
      />
    </Progress.Root>
  );
}
