/** When and how many helpers are worth having, on any platform. */

/** Whether what one thread would do in `workMs` is worth sharing. Helpers need a second or two to get ready at first. */
export const isWorthSharing = (workMs: number, areReady: boolean): boolean => workMs >= (areReady ? 500 : 3000);

/** Each holds the model and its images, so not more than this many. */
export const mostHelpers = 8;

/** How many to make on so many processors: one is left to the page where there are some to spare. */
export function helperCount(cores: number): number {
  if (cores < 2) return 0;
  return Math.min(mostHelpers, cores > 2 ? cores - 1 : cores);
}
