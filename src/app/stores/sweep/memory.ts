/** The sweep as the browser keeps it between visits. The runs themselves are in the run store. */
import { z } from "zod";
import { runCount, type Sweep } from "../../../experiment/sweep.ts";
import { parseSweep } from "../../../experiment/sweep-parse.ts";
import { newItems, type SweepItem, sweepRunStatuses } from "./item.ts";

export interface KeptSweep {
  readonly sweep: Sweep;
  readonly items: readonly SweepItem[];
}

export interface SweepMemory {
  /** Null for none. Throws an Error that says what is wrong with what is kept; it is then forgotten. */
  load(): KeptSweep | null;
  /** Null forgets. Throws where nothing can be kept. */
  save(kept: KeptSweep | null): void;
}

/** The part of `Storage` that is used. */
export type TextStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const key = "basin.sweep";
const version = 1;

const keptSchema = z.object({
  version: z.literal(version),
  sweep: z.unknown(),
  runs: z.array(
    z.object({
      id: z.string().min(1),
      status: z.enum(sweepRunStatuses),
      message: z.string().nullable(),
      flop: z.number().positive().nullable(),
    }),
  ),
});

/** `storage` may throw when it is asked for: a browser can refuse it. */
export function createSweepMemory(storage: () => TextStorage): SweepMemory {
  return {
    load() {
      const text = storage().getItem(key);
      if (text === null) return null;
      try {
        return decode(JSON.parse(text));
      } catch (error) {
        storage().removeItem(key);
        const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
        throw new Error(`The sweep kept in this browser can't be read and is left out; its runs are kept. ${reason}`);
      }
    },
    save(kept) {
      if (kept === null) storage().removeItem(key);
      else storage().setItem(key, JSON.stringify(encode(kept)));
    },
  };
}

const encode = ({ sweep, items }: KeptSweep): z.infer<typeof keptSchema> => ({
  version,
  sweep,
  runs: items.map(({ runId, status, message, flop }) => ({ id: runId, status, message, flop })),
});

function decode(value: unknown): KeptSweep {
  const { sweep: kept, runs } = keptSchema.parse(value);
  const sweep = parseSweep(kept);
  if (runs.length !== runCount(sweep.axes) || new Set(runs.map(({ id }) => id)).size !== runs.length)
    throw new Error(`It makes ${runCount(sweep.axes)} runs, and lists ${runs.length}.`);
  const items = newItems(sweep, (index) => runs[index].id, null);
  return {
    sweep,
    items: items.map((item, index) => {
      const { status, message, flop } = runs[index];
      return { ...item, status, message, flop };
    }),
  };
}
