/** Keys that work everywhere, and the list of all keys. */
import { Modal } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useStore } from "zustand";
import { useRuns } from "../context/runs.ts";
import { useSession } from "../context/session.ts";
import { Note } from "../kit/note.tsx";

const keys: readonly (readonly [keys: readonly string[], does: string])[] = [
  [["←", "→", "↑", "↓"], "turn the surface (with the figure in focus)"],
  [["Shift", "arrows"], "move it"],
  [["+", "−"], "zoom"],
  [["0"], "reset the view"],
  [["7"], "from above"],
  [["1"], "from the front"],
  [["Ctrl/⌘", "K"], "commands and settings"],
  [["Ctrl/⌘", "Z"], "undo: a setting, or a deleted run"],
  [["Ctrl/⌘", "Shift", "Z"], "redo"],
  [["?"], "this list"],
];

export function Keys() {
  const { preferences, settings } = useSession();
  const { undo } = useRuns();
  const open = useStore(preferences, (state) => state.keysOpen);
  useHotkeys([
    ["mod+Z", undo],
    ["mod+shift+Z", () => settings.getState().redo()],
    ["mod+Y", () => settings.getState().redo()],
    ["shift+?", () => preferences.getState().set({ keysOpen: true })],
    ["?", () => preferences.getState().set({ keysOpen: true })],
  ]);
  return (
    <Modal
      opened={open}
      onClose={() => preferences.getState().set({ keysOpen: false })}
      title="Keys"
      size="sm"
      closeButtonProps={{ "aria-label": "Close" }}
      attributes={{ header: { role: "presentation" } }}
    >
      <table className="data-table key-table">
        <tbody>
          {keys.map(([names, does]) => (
            <tr key={does}>
              <th scope="row">
                {names.map((name) => (
                  <kbd key={name} style={{ marginRight: 4 }}>
                    {name}
                  </kbd>
                ))}
              </th>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Note>
        Mouse: drag turns, Shift or the right button moves, the wheel zooms. Touch: one finger turns, two zoom and move.
      </Note>
    </Modal>
  );
}
