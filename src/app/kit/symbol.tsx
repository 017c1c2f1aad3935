/** A mathematical symbol in the text: italic serif, as in print. */
import type { ReactNode } from "react";

export function Sym({ children }: { readonly children: ReactNode }) {
  return <i className="symbol">{children}</i>;
}
