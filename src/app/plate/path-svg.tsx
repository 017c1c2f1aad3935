/** The path as an SVG layer over a picture whose sides are 0 to 1 along u and, upwards, v; the replay moves its mark without React. */
import { useEffect, useMemo, useRef } from "react";
import { pathDots, pathSegments, placeAt } from "../drawing/path-drawing.ts";
import type { FigurePath, PlacedPoint } from "../figure/figure-path.ts";
import { isInside } from "../figure/figure-path.ts";
import type { ReplayStore } from "../stores/trajectory/replay-store.ts";

export interface PathSvgProps {
  readonly path: FigurePath;
  readonly places: readonly PlacedPoint[];
  readonly width: number;
  readonly height: number;
  readonly replay: ReplayStore;
}

export function PathSvg({ path, places, width, height, replay }: PathSvgProps) {
  const mark = useRef<SVGCircleElement>(null);
  const ahead = useRef<SVGGElement>(null);
  const segments = useMemo(() => pathSegments(path, places), [path, places]);
  const dots = useMemo(() => pathDots(path, places), [path, places]);
  const x = ({ u }: PlacedPoint) => u * width;
  const y = ({ v }: PlacedPoint) => (1 - v) * height;
  useEffect(() => {
    const follow = () => {
      const { position } = replay.getState();
      const place = position === null ? null : placeAt(places, position);
      const isShown = place !== null && isInside(place);
      mark.current?.setAttribute("visibility", isShown ? "visible" : "hidden");
      if (place) {
        mark.current?.setAttribute("cx", String(place.u * width));
        mark.current?.setAttribute("cy", String((1 - place.v) * height));
      }
      for (const line of ahead.current?.children ?? []) {
        const isAhead = position !== null && Number(line.getAttribute("data-index")) >= position;
        line.setAttribute("opacity", isAhead ? "0.3" : "1");
      }
    };
    follow();
    return replay.subscribe(follow);
  }, [replay, places, width, height]);
  return (
    <g className="path">
      {segments.map((segment) => (
        <line
          key={segment.index}
          x1={x(segment.from)}
          y1={y(segment.from)}
          x2={x(segment.to)}
          y2={y(segment.to)}
          strokeWidth={segment.width + 2}
          className="path-casing"
        />
      ))}
      <g ref={ahead}>
        {segments.map((segment) => (
          <line
            key={segment.index}
            data-index={segment.index}
            x1={x(segment.from)}
            y1={y(segment.from)}
            x2={x(segment.to)}
            y2={y(segment.to)}
            strokeWidth={segment.width}
            strokeDasharray={segment.leaves ? "4 3" : undefined}
            className="path-line"
          />
        ))}
      </g>
      {dots.map((dot) => (
        <circle key={dot.index} cx={x(dot)} cy={y(dot)} r={dot.radius} className={`path-dot path-dot-${dot.kind}`} />
      ))}
      <circle ref={mark} r={5} className="path-mark" visibility="hidden" />
    </g>
  );
}
