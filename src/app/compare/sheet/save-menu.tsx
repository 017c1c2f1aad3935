/** Saves the compare view as a picture or a drawing. */
import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { notifyFailure } from "../../kit/notify.ts";
import { type CompareView, saveCompare } from "../export/save-compare.ts";

const formats = [
  { id: "png", title: "Picture with legend and caption (PNG)" },
  { id: "svg", title: "Drawing for print (SVG)" },
] as const;

export function SaveMenu({ viewOf }: { readonly viewOf: () => CompareView }) {
  return (
    <Menu position="bottom-end" shadow="sm">
      <Menu.Target>
        <Tooltip label="Save the compared surfaces">
          <ActionIcon aria-label="Save: surfaces side by side" size={30}>
            <IconDownload size={17} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map(({ id, title }) => (
          <Menu.Item
            key={id}
            onClick={() =>
              void Promise.resolve()
                .then(() => saveCompare(id, viewOf()))
                .catch(notifyFailure("The export failed"))
            }
          >
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
