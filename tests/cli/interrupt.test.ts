/** Signals to a command at work. */
import { afterEach, expect, it, vi } from "vitest";
import { exitCodeOf } from "../../src/cli/cli-error.ts";
import { listenForInterrupt } from "../../src/cli/interrupt.ts";

afterEach(() => vi.restoreAllMocks());

it("takes a signal that comes twice for one, and a later one for the end", () => {
  const now = vi.spyOn(performance, "now").mockReturnValue(1000);
  const exit = vi.spyOn(process, "exit").mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  const interrupt = vi.fn();
  const stop = listenForInterrupt(interrupt);
  try {
    process.emit("SIGINT");
    process.emit("SIGINT");
    now.mockReturnValue(2900);
    process.emit("SIGTERM");
    expect(interrupt).toHaveBeenCalledTimes(1);
    expect(exit).not.toHaveBeenCalled();
    now.mockReturnValue(3100);
    expect(() => process.emit("SIGINT")).toThrow("exit 130");
  } finally {
    stop();
  }
});

it("listens to nothing afterwards", () => {
  const before = process.listenerCount("SIGINT");
  listenForInterrupt(() => {})();
  expect(process.listenerCount("SIGINT")).toBe(before);
});

it("ends a command that was stopped before it had anything to keep with the code of an interrupt", () => {
  expect(exitCodeOf(new DOMException("The job was cancelled.", "AbortError"))).toBe(130);
  expect(exitCodeOf(new Error("The job was cancelled."))).toBe(1);
});
