/** Mouse, touch and wheel on the figure: drag turns, Shift or the right button pans, wheel and pinch zoom, a move hovers. */
import { type RefObject, useEffect } from "react";
import { type Orbit, pan, turn, zoomBy } from "../figure/orbit.ts";
import type { ViewpointStore } from "../stores/viewpoint-store.ts";

const radiansPerPixel = 0.006;
const panPerPixel = 0.0022;
const wheelSettleMs = 180;
const tapSlop = 5;
const always = () => true;

export function usePointerOrbit(
  element: RefObject<HTMLElement | null>,
  viewpoint: ViewpointStore,
  onHover: (x: number, y: number) => void,
  onLeave: () => void,
  wheelZooms: (target: HTMLElement) => boolean = always,
): void {
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const pointers = new Map<number, PointerEvent>();
    let travelled = 0;
    let settle: ReturnType<typeof setTimeout> | undefined;
    const abort = new AbortController();
    const listen = <K extends keyof HTMLElementEventMap>(
      name: K,
      handler: (event: HTMLElementEventMap[K]) => void,
      passive = true,
    ) => target.addEventListener(name, handler, { passive, signal: abort.signal });
    const change = (next: Orbit) => viewpoint.getState().set(next);

    listen("pointerdown", (event) => {
      pointers.set(event.pointerId, event);
      travelled = 0;
      target.setPointerCapture(event.pointerId);
    });
    listen("pointermove", (event) => {
      const before = pointers.get(event.pointerId);
      if (!before) {
        hover(event);
        return;
      }
      const dx = event.clientX - before.clientX;
      const dy = event.clientY - before.clientY;
      travelled += Math.abs(dx) + Math.abs(dy);
      const { orbit, setMoving } = viewpoint.getState();
      setMoving(true);
      if (pointers.size === 2) change(pinch(orbit, pointers, event));
      else if (event.shiftKey || (event.buttons & 6) !== 0) {
        change(pan(orbit, -dx * panPerPixel * orbit.zoom, dy * panPerPixel * orbit.zoom));
      } else change(turn(orbit, -dx * radiansPerPixel, dy * radiansPerPixel));
      pointers.set(event.pointerId, event);
    });
    const release = (event: PointerEvent) => {
      if (!pointers.delete(event.pointerId)) return;
      viewpoint.getState().setMoving(pointers.size > 0);
      if (event.type === "pointerup" && travelled < tapSlop) hover(event);
    };
    listen("pointerup", release);
    listen("pointercancel", release);
    listen("pointerleave", (event) => {
      if (event.pointerType === "mouse" && pointers.size === 0) onLeave();
    });
    listen("contextmenu", (event) => event.preventDefault(), false);
    listen(
      "wheel",
      (event) => {
        if (!wheelZooms(target)) return;
        event.preventDefault();
        const { orbit, setMoving } = viewpoint.getState();
        setMoving(true);
        clearTimeout(settle);
        settle = setTimeout(() => setMoving(false), wheelSettleMs);
        const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 16 : event.deltaY;
        change(zoomBy(orbit, Math.exp(-pixels * 0.0015)));
      },
      false,
    );
    const hover = (event: PointerEvent) => {
      const box = target.getBoundingClientRect();
      onHover(((event.clientX - box.left) / box.width) * 2 - 1, 1 - ((event.clientY - box.top) / box.height) * 2);
    };
    return () => {
      abort.abort();
      clearTimeout(settle);
    };
  }, [element, viewpoint, onHover, onLeave, wheelZooms]);
}

/** Two fingers: their distance zooms, their middle pans. */
function pinch(orbit: Orbit, pointers: ReadonlyMap<number, PointerEvent>, moved: PointerEvent): Orbit {
  const before = pointers.get(moved.pointerId)!;
  const other = [...pointers.values()].find((pointer) => pointer.pointerId !== moved.pointerId)!;
  const spread = (pointer: PointerEvent) =>
    Math.hypot(pointer.clientX - other.clientX, pointer.clientY - other.clientY) || 1;
  const zoomed = zoomBy(orbit, spread(moved) / spread(before));
  const dx = (moved.clientX - before.clientX) / 2;
  const dy = (moved.clientY - before.clientY) / 2;
  return pan(zoomed, -dx * panPerPixel * orbit.zoom, dy * panPerPixel * orbit.zoom);
}
