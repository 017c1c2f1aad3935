/** The plan's buffers, and those that it has whatever its temporaries: the caller's tensors, and the host's data on its way. */
import { type Bindings, type DeviceTensor, ProgramError } from "../../backend.ts";
import type { Placement } from "./place.ts";
import type { PlanTensor } from "./tensors.ts";

export type PlanBuffer =
  | { readonly kind: "bound"; readonly tensor: DeviceTensor }
  | { readonly kind: "feed" | "fetchFloat" | "fetchInt" | "temporary"; readonly words: number };

/** A buffer by its number, and a distance from its start in elements. */
export interface BufferPlace {
  readonly buffer: number;
  readonly offset: number;
}

export interface FixedBuffers {
  readonly buffers: readonly PlanBuffer[];
  /** Where a tensor lies that is no temporary and no part of another. */
  placeOf(tensor: PlanTensor): BufferPlace;
}

/** Throws a ProgramError where bytes are to be fetched. */
export function createFixedBuffers(bindings: Bindings, { feed, fetch }: Placement): FixedBuffers {
  const buffers: PlanBuffer[] = [];
  const bound = new Map<DeviceTensor, number>();
  for (const tensor of [...Object.values(bindings.inputs ?? {}), ...Object.values(bindings.outputs ?? {})]) {
    if (!bound.has(tensor)) bound.set(tensor, buffers.push({ kind: "bound", tensor }) - 1);
  }
  const host = new Map<"feed" | "fetchFloat" | "fetchInt", number>();
  const addHost = (kind: "feed" | "fetchFloat" | "fetchInt", bytes: number) => {
    if (bytes > 0) host.set(kind, buffers.push({ kind, words: bytes / 4 }) - 1);
  };
  const fetched = new Set(fetch.entries.map(({ value }) => value.type.dtype));
  if (fetched.has("byte")) throw new ProgramError("bytes cannot be fetched");
  addHost("feed", feed.bytes);
  addHost("fetchFloat", fetched.has("float") ? fetch.bytes : 0);
  addHost("fetchInt", fetched.has("int") ? fetch.bytes : 0);
  return {
    buffers,
    placeOf({ place, dtype }) {
      if (place.kind === "bound") return { buffer: bound.get(place.tensor)!, offset: 0 };
      if (place.kind === "feed") return { buffer: host.get("feed")!, offset: place.offset };
      if (place.kind !== "fetch") throw new ProgramError(`a ${place.kind} has no fixed place`);
      return { buffer: host.get(dtype === "int" ? "fetchInt" : "fetchFloat")!, offset: place.offset };
    },
  };
}
