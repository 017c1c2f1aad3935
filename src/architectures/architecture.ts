/** What a family of networks tells the rest of Basin about itself: everything but the network, and without tensor code. */
import type { z } from "zod";

/** What a specification of any family has. */
export interface ModelBase {
  /** The family's name. */
  readonly name: string;
  /** Outputs of the last layer. */
  readonly classes: number;
}

/** One field of a family's specification for people; its range, default and description are in the schema. */
export interface FieldWords<Value> {
  /** Beside the control, and at the head of a sweep's values: "Width multiplier". */
  readonly label: string;
  /** The word for this choice in a sweep's tag and in the names of its runs: "width". */
  readonly word: string;
  /** What one press of a number's arrows adds; 1 where absent. */
  readonly step?: number;
  /** Words for the values of a choice; a value without any stands for itself. */
  readonly choices?: Readonly<Record<string, string>>;
  /** Values that stand in the field of a sweep's axis at first, as typed; absent for a field that is no axis. */
  readonly sweep?: string;
  /** How values are typed where it isn't plain: "64×32, 128, none". */
  readonly hint?: string;
  /** A value in the name of a sweep's run, where `word value` won't do. */
  say?(value: Value): string;
}

/** Words for every field of a family but its name and its classes, which each model has; the form shows them in this order. */
export type FieldTable<Spec extends ModelBase> = {
  readonly [Key in Exclude<keyof Spec, keyof ModelBase>]-?: FieldWords<Spec[Key]>;
};

/** A family of networks as everything outside its folder sees it. */
export interface Architecture<Spec extends ModelBase = ModelBase> {
  readonly name: Spec["name"];
  /** The family in a list of them: "VGG for 32 × 32". */
  readonly family: string;
  /** The `model` of an experiment specification, every default filled in. */
  readonly schema: z.ZodType<Spec> & { readonly shape: Readonly<Record<string, z.ZodType>> };
  /** Forms of it that earlier versions wrote, turned into today's as they are read. */
  readonly formerSchemas: readonly z.ZodType<Spec>[];
  readonly fields: FieldTable<Spec>;
  /** What differs from the schema's defaults when a person chooses the family. */
  readonly start: Readonly<Partial<Spec>>;
  /** A pattern of parameters' names, for an example. */
  readonly parameterExample: string;
  /** Small models that between them use every layer that no family before it has: what a device is checked with. */
  readonly checks: readonly Spec[];
  /** The model in full: "VGG11-BN, width ×0.25". */
  title(spec: Spec): string;
  /** The model in short: "VGG11-BN". */
  label(spec: Spec): string;
  /** Whether it has BatchNorm's running statistics. */
  hasRunningStatistics(spec: Spec): boolean;
}
