/** A drawing in outline of a figure that is still empty. */
import type { ReactNode } from "react";

/** `children`: strokes within 132 by 56, above an axis at 51.5. */
export function Sketch({ children }: { readonly children: ReactNode }) {
  return (
    <svg className="sketch" width={132} height={56} viewBox="0 0 132 56" aria-hidden="true">
      <path d="M4.5 2V51.5H130" />
      {children}
    </svg>
  );
}
