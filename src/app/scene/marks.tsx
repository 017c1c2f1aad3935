/** What is marked on the relief: pins over the minimum and the centre θ, and the cursor's two profiles. */
import { useMemo } from "react";
import type { Cursor, Figure } from "../figure/figure.ts";
import type { Point, Relief } from "../figure/relief.ts";
import type { ScenePalette } from "../kit/scene-palette.ts";
import { Lines } from "./axes-frame.tsx";
import { cursorProfiles, type Pin } from "./mark-layout.ts";

export function Pins({ pins, palette }: { readonly pins: readonly Pin[]; readonly palette: ScenePalette }) {
  const points = useMemo(() => pins.flatMap(({ foot, head }): Point[] => [foot, head]), [pins]);
  return (
    <>
      <Lines points={points} colour={palette.accent} layer="within" hiddenOpacity={0.28} />
      {pins.map(({ foot, text }) => (
        <mesh key={text} position={[...foot]} renderOrder={1}>
          <sphereGeometry args={[0.014, 16, 12]} />
          <meshBasicMaterial color={palette.accent} />
        </mesh>
      ))}
    </>
  );
}

export interface CursorProfilesProps {
  readonly figure: Figure;
  readonly relief: Relief;
  readonly cursor: Cursor;
  readonly palette: ScenePalette;
}

export function CursorProfiles({ figure, relief, cursor, palette }: CursorProfilesProps) {
  const { segments, position } = useMemo(() => cursorProfiles(figure, relief, cursor), [figure, relief, cursor]);
  return (
    <>
      <Lines points={segments} colour={palette.accent} layer="within" hiddenOpacity={0.18} />
      <mesh position={[...position]} renderOrder={3}>
        <sphereGeometry args={[0.018, 16, 12]} />
        <meshBasicMaterial color={palette.accent} depthTest={false} transparent />
      </mesh>
    </>
  );
}
