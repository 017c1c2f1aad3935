/** Why the Hessian behind the figure's overlays cannot be had; null where it can. */
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { useLandscape } from "../context/landscape.ts";
import { useSession } from "../context/session.ts";
import { hessianRefusal } from "../stores/plane.ts";

/** Why there is no Hessian of the surface on the plate, or of the one that the settings ask for where there is none. */
export function useHessianRefusal(): string | null {
  const { settings } = useSession();
  const { surface } = useLandscape();
  const wanted = useStore(settings, (state) => state.current);
  const shown = useStore(
    surface,
    useShallow((state) => ({
      source: state.source,
      settings: state.settings,
      request: state.request,
      isOrphan: state.isOrphan,
      status: state.status,
    })),
  );
  const isComing = shown.status === "queued" || shown.status === "running";
  return hessianRefusal(shown.source?.spec ?? wanted.spec, shown.settings ?? wanted.surface, isComing ? null : shown);
}
