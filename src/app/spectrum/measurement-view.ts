/** How a measurement stands on the page: its section of the panel, and its place on the sheet. */
import type { ComponentType, ReactNode } from "react";
import type { JobResult } from "../../jobs/jobs.ts";
import type { StreamedName } from "../stores/measurements/list.ts";

/** One of the values above all others: the largest eigenvalue, the trace. */
export interface SummaryValue {
  readonly name: string;
  readonly value: string;
  readonly note: string;
}

export interface MeasurementView<Name extends StreamedName> {
  /** Settings, start and progress. */
  readonly Section: ComponentType;
  /** Drawn once there is a part. */
  readonly Figure: ComponentType;
  /** What stands there before, with the button that starts it; null leaves the place empty. */
  readonly invitation: {
    readonly title: string;
    readonly text: string;
    /** A sketch of the result in outline, 132 by 56. */
    readonly sketch: ReactNode;
  } | null;
  summaryValues?(result: JobResult<Name>): readonly SummaryValue[];
}
