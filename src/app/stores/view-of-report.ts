/** The settings that a kept surface was asked for with. */
import type { SurfaceReport } from "../../experiment/surface.ts";
import { parseDirection } from "../../experiment/surface-texts.ts";
import { type SurfaceView, surfaceViewSchema } from "../../experiment/surface-view.ts";

/** Reports name directions as the command line does; those from files cannot be asked for again and count as seed 0. */
export function viewOfReport({ request }: Pick<SurfaceReport, "request">): SurfaceView {
  const direction = (text: string) => {
    const parsed = parseDirection(text, "direction");
    return parsed.kind === "file" ? { kind: "random", seed: 0 } : parsed;
  };
  return surfaceViewSchema.parse({
    ...request,
    x: direction(request.x),
    y: request.y === null ? null : direction(request.y),
  });
}
