/** Signals to a command at work. */
import { afterEach, expect, it, vi } from "vitest";
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
