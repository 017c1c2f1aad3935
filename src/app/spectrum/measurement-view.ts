/** How a measurement stands on the page: its section of the panel, and its place on the sheet. */
import type { ComponentType, ReactNode } from "react";
import type { JobResult } from "../../jobs/jobs.ts";
import type { PartOf, StreamedName } from "../stores/measurements/list.ts";
import type { MeasurementState } from "../stores/spectrum/measurement-store.ts";

/** One of the values above all others: the largest eigenvalue, the trace. */
export interface SummaryValue {
  readonly name: string;
  readonly value: string;
  readonly note: string;
}

export interface MeasurementView<Name extends StreamedName> {
  /** Settings, start and progress. */
  readonly Section: ComponentType;
  readonly Figure: ComponentType;
  /** Whether there is something to draw, where that is not as soon as there is a part. */
  isShown?(state: Pick<MeasurementState<Name, PartOf<Name>>, "parts" | "result">): boolean;
  /** What stands there before, with the button that starts it; null leaves the place empty. */
  readonly invitation: {
    readonly title: string;
    readonly text: string;
    /** Text in its place while the measurement is under way. */
    readonly waiting?: string;
    /** A sketch of the result in outline, 132 by 56. */
    readonly sketch: ReactNode;
  } | null;
  summaryValues?(result: JobResult<Name>): readonly SummaryValue[];
  /** A result in sentences, for those who do not see its figure. */
  describe?(result: JobResult<Name>): string;
}
