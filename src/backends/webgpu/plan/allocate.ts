/**
 * Lays temporaries out in as little memory as their lifetimes allow: best fit over a fixed schedule. Small tensors that
 * only generated kernels touch share one arena, so that a kernel that reads many of them binds one buffer.
 */

/** Memory that is wanted: a tensor's, or scratch. */
interface Wanted {
  readonly elements: number;
}

/** Memory is live from the step that first writes it to the one that last reads it, both included. */
export interface Lifetime {
  readonly memory: Wanted;
  readonly first: number;
  readonly last: number;
  readonly inArena: boolean;
}

export interface Allocation {
  /** Words of every buffer. */
  readonly bufferWords: readonly number[];
  /** Which buffer, and at which word, a temporary lies. */
  readonly places: ReadonlyMap<Wanted, { readonly buffer: number; readonly offset: number }>;
}

export const arenaElements = 2048;

const aligned = (elements: number): number => Math.ceil(Math.max(elements, 1) / 4) * 4;

export function allocate(lifetimes: readonly Lifetime[]): Allocation {
  const bufferWords: number[] = [];
  const places = new Map<Wanted, { buffer: number; offset: number }>();
  const arena = lifetimes.filter(({ inArena }) => inArena);
  if (arena.length > 0) {
    const { words, offsets } = packArena(arena);
    bufferWords.push(words);
    for (const [memory, offset] of offsets) places.set(memory, { buffer: 0, offset });
  }
  const firstFree = bufferWords.length;
  const busyUntil = new Map<number, number>();
  const ordered = lifetimes.filter(({ inArena }) => !inArena).sort((a, b) => a.first - b.first);
  for (const { memory, first, last } of ordered) {
    const words = aligned(memory.elements);
    const free = [...bufferWords.keys()].filter(
      (buffer) => buffer >= firstFree && (busyUntil.get(buffer) ?? -1) < first,
    );
    const buffer = bestFit(free, bufferWords, words) ?? bufferWords.push(0) - 1;
    bufferWords[buffer] = Math.max(bufferWords[buffer], words);
    busyUntil.set(buffer, last);
    places.set(memory, { buffer, offset: 0 });
  }
  return { bufferWords, places };
}

/** The smallest free buffer that is large enough, else the largest, which is made larger. */
function bestFit(free: readonly number[], bufferWords: readonly number[], words: number): number | undefined {
  const fitting = free.filter((buffer) => bufferWords[buffer] >= words);
  if (fitting.length > 0) return fitting.reduce((a, b) => (bufferWords[b] < bufferWords[a] ? b : a));
  return free.length > 0 ? free.reduce((a, b) => (bufferWords[b] > bufferWords[a] ? b : a)) : undefined;
}

/** First fit of lifetimes into one buffer. */
function packArena(lifetimes: readonly Lifetime[]): { words: number; offsets: Map<Wanted, number> } {
  const offsets = new Map<Wanted, number>();
  const placed: { start: number; end: number; first: number; last: number }[] = [];
  let words = 0;
  for (const { memory, first, last } of [...lifetimes].sort((a, b) => a.first - b.first)) {
    const size = aligned(memory.elements);
    const neighbours = placed.filter((other) => other.first <= last && first <= other.last);
    neighbours.sort((a, b) => a.start - b.start);
    let start = 0;
    for (const other of neighbours) if (start + size > other.start) start = Math.max(start, other.end);
    placed.push({ start, end: start + size, first, last });
    offsets.set(memory, start);
    words = Math.max(words, start + size);
  }
  return { words, offsets };
}
