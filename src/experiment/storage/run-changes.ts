/** Tells every tab and worker of the browser which run has changed, so that lists of runs can be read anew. */

const channelName = "basin-runs";

export interface RunChanges {
  announce(runId: string): void;
  close(): void;
}

export function announceChanges(): RunChanges {
  const channel = openChannel();
  return {
    announce: (runId) => channel?.postMessage(runId),
    close: () => channel?.close(),
  };
}

/** Hears of changes by every store but those of the same channel object, this page's own worker's included. Returns the way to stop. */
export function onRunChange(listener: (runId: string) => void): () => void {
  const channel = openChannel();
  if (channel) channel.onmessage = ({ data }: MessageEvent<unknown>) => listener(String(data));
  return () => channel?.close();
}

function openChannel(): BroadcastChannel | null {
  if (typeof BroadcastChannel === "undefined") return null;
  const channel = new BroadcastChannel(channelName);
  // In Node an open channel would keep the process alive.
  if ("unref" in channel && typeof channel.unref === "function") channel.unref();
  return channel;
}
