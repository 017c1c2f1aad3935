/** A two-way channel of messages, whatever carries it. */
export interface Link {
  post(message: unknown, transfer: ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The other side failed, or a message could not be read; nothing more will come. */
  onFailure(listener: (error: Error) => void): void;
  /** Ends the other side where this side owns it. */
  close(): void;
}

/** The worker is gone, or its code failed outside a job. Its jobs are lost; their last checkpoints are not. */
export class WorkerCrashedError extends Error {
  override readonly name = "WorkerCrashedError";
}
