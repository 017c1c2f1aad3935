/** What a person says about a run: its name, a colour to know it by, a note, tags. */
import { z } from "zod";

/** Names of colours; what they look like is the page's matter. */
export const runColours = ["red", "orange", "yellow", "green", "teal", "blue", "violet", "grey"] as const;
export type RunColour = (typeof runColours)[number];

export interface RunLabels {
  readonly name: string;
  readonly colour: RunColour | null;
  readonly note: string;
  /** Each once, in the order given. */
  readonly tags: readonly string[];
}

export const maxNameLength = 200;
export const maxNoteLength = 100_000;
export const maxTagLength = 40;
const maxTags = 32;

export const nameSchema = z.string().max(maxNameLength);
export const colourSchema = z.enum(runColours).nullable();
export const noteSchema = z.string().max(maxNoteLength);
export const tagsSchema = z.array(z.string().min(1).max(maxTagLength)).max(maxTags);

/** The tags of a text in which commas part them: trimmed, each once. */
export function parseTags(text: string): string[] {
  const tags = text
    .split(",")
    .map((tag) => tag.trim().slice(0, maxTagLength).trim())
    .filter((tag) => tag !== "");
  return [...new Set(tags)].slice(0, maxTags);
}
