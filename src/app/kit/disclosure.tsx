/** Fields that are shown on demand. */
import { Collapse, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useId } from "react";
import classes from "./disclosure.module.css";
import { FieldList } from "./field-list.tsx";

export interface DisclosureProps {
  readonly title: string;
  readonly children: ReactNode;
}

export function Disclosure({ title, children }: DisclosureProps) {
  const [open, { toggle }] = useDisclosure(false);
  const id = useId();
  return (
    <>
      <UnstyledButton className={classes.button} aria-expanded={open} aria-controls={id} onClick={toggle}>
        <IconChevronRight size={14} stroke={2} />
        {title}
      </UnstyledButton>
      <Collapse id={id} expanded={open} keepMounted={false} transitionDuration={120}>
        <FieldList>{children}</FieldList>
      </Collapse>
    </>
  );
}
