/** Where the replay of a training stands on its path, and which point the pointer is on. Shared by relief, map, line and curves. */
import { createStore, type StoreApi } from "zustand/vanilla";

export interface ReplayState {
  /**
   * The replay's position in recorded points, with fractions between two while it plays; null before anything is
   * replayed.
   */
  readonly position: number | null;
  readonly isPlaying: boolean;
  /** A point under the pointer; null for none. */
  readonly hovered: number | null;
  /** Stops what plays. Null shows the whole path. */
  seek(position: number | null): void;
  hover(index: number | null): void;
  /** Plays from where it stands, or from the start when it stands at the last of `count` points. */
  play(count: number): void;
  pause(): void;
}

export type ReplayStore = StoreApi<ReplayState>;

/** A whole path takes about so long, if its points are many. */
const wholeMs = 12_000;
const slowestPointMs = 600;

export function createReplayStore(prefersReducedMotion: () => boolean): ReplayStore {
  let current = 0;
  return createStore<ReplayState>((set, get) => ({
    position: null,
    isPlaying: false,
    hovered: null,
    seek(position) {
      current += 1;
      set({ position, isPlaying: false });
    },
    hover(hovered) {
      if (get().hovered !== hovered) set({ hovered });
    },
    play(count) {
      current += 1;
      const [own, last] = [current, count - 1];
      const from = get().position;
      const start = from === null || from >= last ? 0 : from;
      const stepwise = prefersReducedMotion();
      const pointMs = stepwise ? slowestPointMs : Math.min(slowestPointMs, wholeMs / Math.max(1, last));
      const startedAt = performance.now();
      set({ position: start, isPlaying: true });
      const advance = () => {
        if (own !== current) return;
        const reached = Math.min(last, start + (performance.now() - startedAt) / pointMs);
        const position = stepwise ? Math.floor(reached) : reached;
        if (position !== get().position) set({ position });
        if (reached >= last) set({ position: last, isPlaying: false });
        else requestAnimationFrame(advance);
      };
      requestAnimationFrame(advance);
    },
    pause() {
      current += 1;
      const { position } = get();
      set({ isPlaying: false, position: position === null ? null : Math.round(position) });
    },
  }));
}

/** The recorded point that figures are given of: the pointer's, else the replay's; null for neither. */
export const pointShown = ({ hovered, position }: ReplayState): number | null =>
  hovered ?? (position === null ? null : Math.floor(position + 1e-9));
