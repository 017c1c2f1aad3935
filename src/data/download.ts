/**
 * Downloading a data set's files, only ever when somebody asks for it. Every file is fetched whole (hosts refuse ranges across
 * origins), held in memory, and used only when its size and SHA-256 are the published ones; after a failure nothing is
 * kept, and the next call starts afresh.
 */
import { DownloadError, messageOf } from "./data-error.ts";
import type { DownloadSource, RemoteFile } from "./sets/data-set.ts";
import { sha256Hex } from "./sha256.ts";

/** Bytes received of all files of a source. */
export interface DownloadProgress {
  readonly phase: "downloading" | "verifying";
  readonly file: string;
  readonly done: number;
  readonly total: number;
}

export interface DownloadOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Longest wait for a host that sends nothing. */
  readonly stallLimitMs?: number;
}

/**
 * The files of `source`, one of `sources`, for an import to read. Throws DownloadError, whose remedy names the other ways;
 * rejects with the signal's reason when it is aborted.
 */
export async function downloadFiles(
  source: DownloadSource,
  sources: readonly DownloadSource[],
  options: DownloadOptions = {},
): Promise<File[]> {
  const total = source.files.reduce((sum, file) => sum + file.bytes, 0);
  const files: File[] = [];
  let before = 0;
  for (const file of source.files) {
    const report = (phase: DownloadProgress["phase"], done: number) =>
      options.onProgress?.({ phase, file: file.name, done: before + done, total });
    files.push(new File([await downloadFile(file, source, otherWays(source, sources), options, report)], file.name));
    before += file.bytes;
  }
  return files;
}

/** The ways that remain when `failed` does not work, as a sentence. */
function otherWays(failed: DownloadSource, sources: readonly DownloadSource[]): string {
  const others = sources
    .filter((source) => source.id !== failed.id)
    .map((source) => `${source.files.map((file) => file.name).join(" and ")} from ${source.name}, ${source.page}`);
  const byHand = [...others, `the files themselves from ${failed.page}`].join("; or ");
  return `Try again later, or fetch by hand and give to Basin: ${byHand}.`;
}

async function downloadFile(
  file: RemoteFile,
  source: DownloadSource,
  remedy: string,
  options: DownloadOptions,
  report: (phase: DownloadProgress["phase"], done: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const fail = (what: string, cause?: unknown) =>
    new DownloadError({ where: `${file.name} from ${source.name}`, what, remedy }, cause);
  const stallLimitMs = options.stallLimitMs ?? 30_000;
  const watch = watchForStall(stallLimitMs, () => fail(`The host sent nothing for ${stallLimitMs / 1000} seconds.`));
  const signal = options.signal ? AbortSignal.any([options.signal, watch.signal]) : watch.signal;
  try {
    const bytes = await receive(
      file,
      signal,
      (done) => {
        watch.reset();
        report("downloading", done);
      },
      fail,
    );
    watch.stop();
    report("verifying", bytes.length);
    if ((await sha256Hex(bytes)) !== file.sha256)
      throw fail("The file arrived, but its SHA-256 is not the published one: it is damaged or was replaced.");
    return bytes;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TypeError)
      throw fail(
        `The connection failed: the host is out of reach, the network is down, or the host forbids this page to read (${messageOf(error)}).`,
        error,
      );
    throw error;
  } finally {
    watch.stop();
  }
}

/** Fetches into an array of the published size; more is not read, and less is an error. */
async function receive(
  file: RemoteFile,
  signal: AbortSignal,
  onBytes: (done: number) => void,
  fail: (what: string) => DownloadError,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(file.url, { signal, credentials: "omit", referrerPolicy: "no-referrer" });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw fail(`The host answered ${response.status} ${response.statusText}.`);
  }
  const bytes = new Uint8Array(file.bytes);
  const reader = response.body.getReader();
  let filled = 0;
  onBytes(filled);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (filled + value.length > bytes.length) {
      await reader.cancel();
      throw fail(`The file is larger than the published ${bytes.length} bytes.`);
    }
    bytes.set(value, filled);
    filled += value.length;
    onBytes(filled);
  }
  if (filled < bytes.length) throw fail(`The file ended after ${filled} of ${bytes.length} bytes.`);
  return bytes;
}

/** A signal that aborts with `reason()` unless it is reset within every `limitMs`. */
function watchForStall(limitMs: number, reason: () => Error) {
  const controller = new AbortController();
  const start = () => setTimeout(() => controller.abort(reason()), limitMs);
  let timer = start();
  const stop = () => clearTimeout(timer);
  const reset = () => {
    stop();
    timer = start();
  };
  return { signal: controller.signal, reset, stop };
}
