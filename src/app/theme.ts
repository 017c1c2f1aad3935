/** Mantine's theme: dense, square, system fonts, one accent (the magenta of nautical charts' overprint). */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

const chart: MantineColorsTuple = [
  "#fdeef5",
  "#f8d6e6",
  "#f5b3d2",
  "#f38fbf",
  "#f277b0",
  "#dd4b92",
  "#c8327c",
  "#a1165c",
  "#84104a",
  "#620a36",
];

/** Cool greys in place of Mantine's neutral ones. */
const dark: MantineColorsTuple = [
  "#c9d1d6",
  "#b0bac0",
  "#93a0a7",
  "#63707a",
  "#3a444c",
  "#2a323a",
  "#1a2026",
  "#14191e",
  "#10151a",
  "#0b0f12",
];

export const theme = createTheme({
  primaryColor: "chart",
  primaryShade: { light: 7, dark: 6 },
  colors: { chart, dark },
  fontFamily:
    '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  defaultRadius: 3,
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "xs" } },
    Select: { defaultProps: { size: "xs", allowDeselect: false, checkIconPosition: "right" } },
    TextInput: { defaultProps: { size: "xs" } },
    Checkbox: { styles: { description: { fontSize: "0.75rem" } } },
    SegmentedControl: { defaultProps: { size: "xs" } },
    Switch: { defaultProps: { size: "xs" } },
    Slider: { defaultProps: { size: 3 } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false } },
    // Within the page's landmarks, with nothing in the menu but its items.
    Menu: { defaultProps: { withinPortal: false, withInitialFocusPlaceholder: false } },
    // The page behind is held still by events, without the style element that the content security policy refuses.
    ModalRoot: { defaultProps: { removeScrollProps: { removeScrollBar: false } } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray" } },
    Notification: { styles: { description: { color: "var(--ink-soft)" } } },
  },
});

/** Mantine's own surfaces and text take the page's tokens, so that there is one palette. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const shared = {
    "--mantine-color-body": "var(--panel)",
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-dimmed": "var(--ink-quiet)",
    "--mantine-color-default": "var(--field)",
    "--mantine-color-default-hover": "var(--field-hover)",
    "--mantine-color-default-color": "var(--ink)",
    "--mantine-color-default-border": "var(--field-border)",
    "--mantine-color-placeholder": "var(--ink-quiet)",
    "--mantine-color-error": "var(--accent)",
  };
  return { variables: {}, light: shared, dark: shared };
};
