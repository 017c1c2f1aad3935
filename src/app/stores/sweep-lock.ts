/** One sweep trains at a time, in whichever tab: two would write the same runs. */
const lockName = "basin sweep";

/** Resolves with what lets go of the sweep, or null while another tab holds it. */
export type HoldSweep = () => Promise<(() => void) | null>;

export const holdSweep: HoldSweep = () =>
  new Promise((resolve, reject) => {
    const locks = navigator.locks as LockManager | undefined;
    if (!locks) {
      resolve(() => {});
      return;
    }
    locks
      .request(lockName, { ifAvailable: true }, (lock) => {
        if (!lock) {
          resolve(null);
          return;
        }
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
