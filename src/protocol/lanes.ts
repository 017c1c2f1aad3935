/**
 * Who goes on when: things that must not run at once name the lanes they need, and of those that want a lane the newest goes first.
 * What runs gives way where it says that it can, and goes on once what was newer has ended; only what holds a steady lane
 * keeps it to its end, and waits in order of arrival.
 */

/** How an entry stands: it waits for its first turn, runs, or has given way. */
export type Turn = "waiting" | "running" | "paused";

/** What work in its lanes may ask. */
export interface Seat {
  /** Whether something that goes first waits for a lane of this one. */
  readonly isWanted: boolean;
  /** Resolves when it becomes wanted. */
  wanted(): Promise<void>;
  /** Lets what goes first run, if there is any; resolves when it is this one's turn again, or when it is aborted. */
  giveWay(): Promise<void>;
}

export interface LaneEntry {
  readonly id: number;
  readonly turn: Turn;
}

interface Entry<Lane> {
  readonly id: number;
  readonly lanes: readonly Lane[];
  readonly isSteady: boolean;
  turn: Turn;
  /** Called when its turn comes. */
  resume: () => void;
  /** Resolves then, while it has given way. */
  paused: Promise<void> | null;
  /** Told that somebody wants its lanes. */
  wake: (() => void)[];
}

export class Lanes<Lane extends string> {
  /** What goes first stands first. */
  #entries: Entry<Lane>[] = [];
  readonly #steady: readonly Lane[];
  readonly #onChange: () => void;

  /** Holders of `steady` lanes never give way. `onChange` is told after every change of order or turn. */
  constructor(steady: readonly Lane[] = [], onChange: () => void = () => {}) {
    this.#steady = steady;
    this.#onChange = onChange;
  }

  /** Those that need lanes, in the order in which they go. */
  get entries(): readonly LaneEntry[] {
    return this.#entries.filter(({ lanes }) => lanes.length > 0).map(({ id, turn }) => ({ id, turn }));
  }

  /**
   * Runs `work` when its turn has come. Rejects with the signal's reason when it is aborted while it waits; `work` is not
   * called then. Without lanes it runs at once.
   */
  async run<T>(id: number, lanes: readonly Lane[], signal: AbortSignal, work: (seat: Seat) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const entry: Entry<Lane> = {
      id,
      lanes,
      isSteady: lanes.some((lane) => this.#steady.includes(lane)),
      turn: "waiting",
      resume: () => {},
      paused: null,
      wake: [],
    };
    if (entry.isSteady) this.#entries.push(entry);
    else this.#entries.unshift(entry);
    try {
      await this.#turn(entry, signal);
      signal.throwIfAborted();
      return await work(this.#seat(entry, signal));
    } finally {
      this.#entries = this.#entries.filter((other) => other !== entry);
      this.#deal();
    }
  }

  /** Has it go before all others, or after them. */
  move(id: number, to: "first" | "last"): void {
    const entry = this.#entries.find((other) => other.id === id);
    if (!entry) return;
    const others = this.#entries.filter((other) => other !== entry);
    this.#entries = to === "first" ? [entry, ...others] : [...others, entry];
    this.#deal();
  }

  #seat(entry: Entry<Lane>, signal: AbortSignal): Seat {
    const isWanted = () => this.#isWanted(entry);
    return {
      get isWanted() {
        return isWanted();
      },
      wanted: () =>
        isWanted()
          ? Promise.resolve()
          : new Promise((resolve) => {
              entry.wake.push(resolve);
            }),
      // Several parts of the work may ask at once: all of them wait.
      giveWay: async () => {
        if (entry.paused) return entry.paused;
        if (signal.aborted || !isWanted()) return;
        entry.turn = "paused";
        entry.paused = this.#turn(entry, signal).finally(() => {
          entry.paused = null;
        });
        await entry.paused;
      },
    };
  }

  /** Resolves when it is the entry's turn, or when the signal is aborted. */
  async #turn(entry: Entry<Lane>, signal: AbortSignal): Promise<void> {
    const turn = new Promise<void>((resolve) => {
      entry.resume = resolve;
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
    this.#deal();
    await turn;
  }

  /** Gives free lanes to those who go first, and tells those who hold lanes that somebody wants them. */
  #deal(): void {
    const taken = new Set(this.#entries.filter(({ turn }) => turn === "running").flatMap(({ lanes }) => lanes));
    for (const entry of this.#entries) {
      if (entry.turn === "running") continue;
      if (entry.lanes.every((lane) => !taken.has(lane))) {
        entry.turn = "running";
        entry.resume();
      } else if (!this.#canBeHad(entry)) {
        continue;
      }
      // Its own now, or kept for it: none behind it may take them.
      for (const lane of entry.lanes) taken.add(lane);
    }
    for (const entry of this.#entries) if (this.#isWanted(entry)) for (const wake of entry.wake.splice(0)) wake();
    this.#onChange();
  }

  #isWanted(entry: Entry<Lane>): boolean {
    if (entry.turn !== "running" || entry.isSteady) return false;
    const ahead = this.#entries.slice(0, this.#entries.indexOf(entry));
    return ahead.some(
      (other) =>
        other.turn !== "running" && other.lanes.some((lane) => entry.lanes.includes(lane)) && this.#canBeHad(other),
    );
  }

  /** Whether all who hold an entry's lanes would give way to it. */
  #canBeHad(entry: Entry<Lane>): boolean {
    return !this.#entries.some(
      (other) =>
        other !== entry &&
        other.turn === "running" &&
        (other.isSteady || this.#entries.indexOf(other) < this.#entries.indexOf(entry)) &&
        other.lanes.some((lane) => entry.lanes.includes(lane)),
    );
  }
}
