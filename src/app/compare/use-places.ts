/** Where the panes' pictures stand on their sheet, measured again when anything changes its size. */
import { type RefObject, useCallback, useEffect, useMemo, useState } from "react";
import type { PanePlace } from "./pane-place.ts";

export interface Places {
  readonly places: Readonly<Record<string, PanePlace>>;
  /** The ref of a pane's picture. */
  readonly track: (id: string) => (element: HTMLElement | null) => void;
}

export function usePlaces(sheet: RefObject<HTMLElement | null>): Places {
  const [places, setPlaces] = useState<Readonly<Record<string, PanePlace>>>({});
  const elements = useMemo(() => new Map<string, HTMLElement>(), []);
  const tracks = useMemo(() => new Map<string, (element: HTMLElement | null) => void>(), []);
  const measure = useCallback(() => {
    const origin = sheet.current?.getBoundingClientRect();
    if (!origin) return;
    const found = Array.from(elements, ([id, element]): [string, PanePlace] => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return [id, { left: left - origin.left, top: top - origin.top, width, height }];
    });
    setPlaces((before) => {
      const next = Object.fromEntries(found.map(([id, place]) => [id, same(before[id], place) ? before[id] : place]));
      return JSON.stringify(next) === JSON.stringify(before) ? before : next;
    });
  }, [sheet, elements]);
  const observer = useMemo(() => new ResizeObserver(measure), [measure]);
  useEffect(() => {
    if (sheet.current) observer.observe(sheet.current);
    return () => observer.disconnect();
  }, [sheet, observer]);
  const track = useCallback(
    (id: string) => {
      const known = tracks.get(id);
      if (known) return known;
      const made = (element: HTMLElement | null) => {
        const before = elements.get(id);
        if (before) observer.unobserve(before);
        if (element) {
          elements.set(id, element);
          observer.observe(element);
        } else elements.delete(id);
      };
      tracks.set(id, made);
      return made;
    },
    [tracks, elements, observer],
  );
  return { places, track };
}

const same = (a: PanePlace | undefined, b: PanePlace) => JSON.stringify(a) === JSON.stringify(b);
