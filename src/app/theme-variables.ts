/** The theme's variables as a style sheet of the document, since the content security policy refuses style elements. */
import {
  convertCssVariables,
  DEFAULT_THEME,
  deepMerge,
  defaultCssVariablesResolver,
  mergeMantineTheme,
} from "@mantine/core";
import { cssVariablesResolver, theme } from "./theme.ts";

/** Adds the rules that MantineProvider else writes into an element, behind all other sheets. */
export function adoptThemeVariables(page: Document): void {
  const whole = mergeMantineTheme(DEFAULT_THEME, theme);
  const variables = deepMerge(defaultCssVariablesResolver(whole), cssVariablesResolver(whole));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(convertCssVariables(variables, ":root"));
  page.adoptedStyleSheets.push(sheet);
}
