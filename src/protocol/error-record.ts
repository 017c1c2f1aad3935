/** Errors to and from their records. The receiver gets an Error with the sender's name, message, stack and fields. */
import type { ErrorRecord } from "./messages.ts";

export function recordError(error: unknown): ErrorRecord {
  if (!(error instanceof Error)) return { name: "Error", message: String(error), fields: {} };
  const own = Object.entries(error).filter(([key, value]) => key !== "name" && canBeCloned(value));
  return { name: error.name, message: error.message, stack: error.stack, fields: Object.fromEntries(own) };
}

export function reviveError({ name, message, stack, fields }: ErrorRecord): Error {
  const error = name === "AbortError" ? new DOMException(message, name) : new Error(message);
  if (error.name !== name) Object.defineProperty(error, "name", { value: name });
  if (stack !== undefined) Object.defineProperty(error, "stack", { value: stack, configurable: true });
  return Object.assign(error, fields);
}

function canBeCloned(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}
