/**
 * Saves that follow one another. Of those under one key that come faster than they can be written only the newest is made.
 * One that failed counts as unsaved until a newer one of its key succeeds, or a retry does.
 */

export interface SaveQueue {
  add(key: string, save: () => Promise<void>): void;
  /** Resolves when everything added so far is saved, or has failed. */
  settled(): Promise<void>;
  /** Tries again what has failed. */
  retry(): void;
  /** What belongs to these keys is no longer wanted. */
  forget(isMeant: (key: string) => boolean): void;
}

export interface SaveQueueListener {
  failed(error: unknown): void;
  /** Whether something waits, is being written, or has failed; told when that changes. */
  unsaved(isUnsaved: boolean): void;
}

export function createSaveQueue({ failed: onFailure, unsaved }: SaveQueueListener): SaveQueue {
  const waiting = new Map<string, () => Promise<void>>();
  const failed = new Map<string, () => Promise<void>>();
  let isSaving = false;
  let wasUnsaved = false;
  let markers = 0;

  const tell = () => {
    const isUnsaved = isSaving || waiting.size > 0 || failed.size > 0;
    if (isUnsaved !== wasUnsaved) unsaved(isUnsaved);
    wasUnsaved = isUnsaved;
  };
  const drain = async () => {
    isSaving = true;
    tell();
    for (const [key, save] of waiting) {
      waiting.delete(key);
      try {
        await save();
        failed.delete(key);
      } catch (error) {
        failed.set(key, save);
        onFailure(error);
      }
    }
    isSaving = false;
    tell();
  };
  const add = (key: string, save: () => Promise<void>) => {
    waiting.delete(key);
    waiting.set(key, save);
    if (!isSaving) void drain();
  };

  return {
    add,
    settled: () =>
      new Promise((resolve) =>
        add(`settled ${markers++}`, async () => {
          resolve();
        }),
      ),
    retry() {
      const again = [...failed];
      failed.clear();
      for (const [key, save] of again) if (!waiting.has(key)) add(key, save);
      tell();
    },
    forget(isMeant) {
      for (const key of [...waiting.keys()].filter(isMeant)) waiting.delete(key);
      for (const key of [...failed.keys()].filter(isMeant)) failed.delete(key);
      tell();
    },
  };
}
