/** A ready experiment. */
import { type Spec, specSchema } from "../../../experiment/spec.ts";

/** How large they are, which is what a person chooses by first. */
export const presetGroups = ["Small, to begin with", "As published, on all of CIFAR-10"] as const;

export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly group: (typeof presetGroups)[number];
  readonly spec: Spec;
}

/** Throws ZodError for what is no specification. */
export function preset(group: Preset["group"], id: string, title: string, note: string, spec: unknown): Preset {
  return { id, title, note, group, spec: specSchema.parse(spec) };
}
