/** Keys on a figure in focus: turn, move and zoom at once; named views are glided to. */
import type { KeyboardEvent } from "react";
import { orbitForKey } from "../figure/orbit.ts";
import type { ViewpointStore } from "../stores/viewpoint-store.ts";

const namedViews = ["0", "1", "7"];

export function orbitByKey(event: KeyboardEvent, viewpoint: ViewpointStore): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { orbit, set, glideTo } = viewpoint.getState();
  const next = orbitForKey(orbit, event.key, event.shiftKey);
  if (!next) return;
  event.preventDefault();
  if (namedViews.includes(event.key)) glideTo(next);
  else set(next);
}
