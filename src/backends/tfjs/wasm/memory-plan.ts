/** Where temporaries lie in an executable's arena: those that never live at once may share bytes. */

/** A run of bytes that is written and read by steps. */
export interface Block {
  readonly label: string;
  readonly bytes: number;
  /** Byte address in the heap; of a temporary, known once the plan is made. */
  address: number;
  /** Belongs to a tensor of the caller's and is not to be placed. */
  isFixed: boolean;
  /** The first and the last step that touches it. */
  first: number;
  last: number;
}

export const createBlock = (label: string, bytes: number): Block => ({
  label,
  bytes,
  address: 0,
  isFixed: false,
  first: Number.POSITIVE_INFINITY,
  last: Number.NEGATIVE_INFINITY,
});

/** Puts the block where a tensor of the caller's is. */
export function fix(block: Block, address: number): void {
  block.isFixed = true;
  block.address = address;
}

/** Notes that `step` touches the block. */
export function touch(block: Block, step: number): void {
  block.first = Math.min(block.first, step);
  block.last = Math.max(block.last, step);
}

const alignment = 64;
const aligned = (bytes: number) => Math.ceil(bytes / alignment) * alignment;

/**
 * Gives every block an offset from the arena's beginning, largest first, each as low as it fits among those that live
 * when it does. Returns the offsets and the arena's size in bytes.
 */
export function planArena(blocks: readonly Block[]): { offsets: ReadonlyMap<Block, number>; bytes: number } {
  const offsets = new Map<Block, number>();
  let size = 0;
  for (const block of [...blocks].sort((a, b) => b.bytes - a.bytes)) {
    const neighbours = [...offsets.keys()]
      .filter((other) => other.first <= block.last && block.first <= other.last)
      .map((other) => ({
        from: offsets.get(other) as number,
        to: (offsets.get(other) as number) + aligned(other.bytes),
      }))
      .sort((a, b) => a.from - b.from);
    let offset = 0;
    for (const { from, to } of neighbours) {
      if (offset + block.bytes <= from) break;
      offset = Math.max(offset, to);
    }
    offsets.set(block, offset);
    size = Math.max(size, offset + aligned(block.bytes));
  }
  return { offsets, bytes: size };
}
