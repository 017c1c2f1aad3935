/** Events of work that cannot wait for their receiver: sent one after another, and awaited at the end. */
export function sendInOrder<Event>(emit: (event: Event) => Promise<void>): {
  send(event: Event): void;
  /** Rejects with the first failure to send. */
  sent(): Promise<void>;
} {
  let last = Promise.resolve();
  return {
    send(event) {
      last = last.then(() => emit(event));
      // Reported by `sent`.
      last.catch(() => {});
    },
    sent: () => last,
  };
}
