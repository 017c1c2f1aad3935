/** Buttons on the figure: reset, view from above, exports, link. */
import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { IconDownload, IconHome, IconLink, IconMap2 } from "@tabler/icons-react";
import { memo, type RefObject } from "react";
import { useLandscape } from "../context/landscape.ts";
import { useSession } from "../context/session.ts";
import { homeOrbit, orbitForKey } from "../figure/orbit.ts";
import { notify, notifyFailure } from "../kit/notify.ts";
import type { Capture } from "../scene/surface-scene.tsx";
import { exportFigure, exportFormats } from "./export-figure.ts";

export interface FigureToolsProps {
  readonly isLine: boolean;
  readonly hasConvexity: boolean;
  readonly hasPath: boolean;
  readonly capture: RefObject<Capture | null>;
}

export const FigureTools = memo(function FigureTools({ isLine, hasConvexity, hasPath, capture }: FigureToolsProps) {
  const { settings } = useSession();
  const { surface, example, figure, convexity, viewpoint } = useLandscape();
  const shown = { line: isLine, surface: !isLine, convexity: hasConvexity, path: hasPath };
  return (
    <div className="figure-tools" role="toolbar" aria-label="Figure">
      {!isLine && (
        <>
          <Tooltip label="Reset the view (0)">
            <ActionIcon aria-label="Reset the view" onClick={() => viewpoint.getState().glideTo(homeOrbit)}>
              <IconHome size={17} stroke={1.5} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="From above (7)">
            <ActionIcon
              aria-label="View from above"
              onClick={() => viewpoint.getState().glideTo(orbitForKey(homeOrbit, "7", false)!)}
            >
              <IconMap2 size={17} stroke={1.5} />
            </ActionIcon>
          </Tooltip>
        </>
      )}
      <Tooltip label="Copy a link to this experiment">
        <ActionIcon
          aria-label="Copy a link to this experiment"
          onClick={() =>
            void navigator.clipboard
              .writeText(location.href)
              .then(() => notify("Link copied", "It opens the same experiment, surface and view."))
              .catch(notifyFailure("The link could not be copied"))
          }
        >
          <IconLink size={17} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
      <Menu position="top-end" shadow="sm">
        <Menu.Target>
          <ActionIcon aria-label="Export">
            <IconDownload size={17} stroke={1.5} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {exportFormats
            .filter(({ only }) => !only || shown[only])
            .map((format) => (
              <Menu.Item
                key={format.id}
                onClick={() =>
                  void exportFigure(
                    format.id,
                    { settings, surface, example, figure, convexity },
                    capture.current,
                  ).catch(notifyFailure("The export failed"))
                }
              >
                {format.title}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
});
