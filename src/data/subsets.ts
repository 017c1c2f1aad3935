/** Which examples of a set an experiment uses: the first, a random draw, or a draw with every class equally often. */
import { SubsetError } from "./data-error.ts";
import { range, shuffle } from "./permutation.ts";
import { openRandomStream } from "./random.ts";

export type Selection = "first" | "random" | "balanced";

export interface SubsetRequest {
  /** Absent: every example, in order, whatever `select` says. */
  readonly count?: number;
  readonly select: Selection;
  /** Fixes the draws of `random` and `balanced`. */
  readonly seed: number;
}

/** What selecting needs to know of a set. */
export interface LabelledExamples {
  /** [count] */
  readonly labels: Uint8Array;
  readonly classNames: readonly string[];
}

/**
 * Indices of the chosen examples, ascending. A smaller count under the same seed gives a subset of a larger one.
 * `balanced` takes count / classes of each class; what does not divide goes one each to the lowest-numbered classes.
 * `where` names the set in errors. Throws SubsetError when the set, or one class of it, is too small.
 */
export function selectSubset(examples: LabelledExamples, request: SubsetRequest, where: string): Int32Array {
  const available = examples.labels.length;
  const count = request.count ?? available;
  if (count > available)
    throw new SubsetError({
      where,
      what: `${count} images were asked for, and there are ${available}.`,
      remedy: `Ask for at most ${available}, or add more data.`,
    });
  if (request.count === undefined || request.select === "first") return range(count);
  if (request.select === "random")
    return shuffle(range(available), openRandomStream("subset", request.seed), count).slice(0, count).sort();
  return selectBalanced(examples, count, request.seed, where);
}

function selectBalanced(
  { labels, classNames }: LabelledExamples,
  count: number,
  seed: number,
  where: string,
): Int32Array {
  const classes = classNames.length;
  const members = classNames.map(() => [] as number[]);
  labels.forEach((label, index) => {
    members[label].push(index);
  });
  const chosen = new Int32Array(count);
  let filled = 0;
  for (let label = 0; label < classes; label++) {
    const quota = Math.floor(count / classes) + (label < count % classes ? 1 : 0);
    const candidates = Int32Array.from(members[label]);
    if (quota > candidates.length)
      throw new SubsetError({
        where,
        what: `A balanced subset of ${count} needs ${quota} images of class ${classNames[label]}, and there are ${candidates.length}.`,
        remedy: `Ask for at most ${largestBalanced(members.map((list) => list.length))}, or select "random".`,
      });
    // The class is the stream's counter, offset by one: stream 0 belongs to "random".
    shuffle(candidates, openRandomStream("subset", seed, label + 1), quota);
    chosen.set(candidates.subarray(0, quota), filled);
    filled += quota;
  }
  return chosen.sort();
}

/** The largest count whose quotas the class sizes meet. */
function largestBalanced(sizes: readonly number[]): number {
  const smallest = Math.min(...sizes);
  const firstShort = sizes.indexOf(smallest);
  return smallest * sizes.length + firstShort;
}
