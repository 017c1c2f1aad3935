/** A button that reads as a link within a sentence. */
import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";

export interface InlineActionProps {
  readonly onClick: () => void;
  readonly children: ReactNode;
}

export function InlineAction({ onClick, children }: InlineActionProps) {
  return (
    <Anchor
      component="button"
      type="button"
      inherit
      underline="always"
      c="var(--accent)"
      ff="inherit"
      style={{ textUnderlineOffset: 2 }}
      onClick={onClick}
    >
      {children}
    </Anchor>
  );
}
