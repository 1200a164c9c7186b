import { MantineProvider } from "@mantine/core";
import type { ReactNode } from "react";
import "./mantine.css";
import { theme } from "./mantineTheme";
import { schemeNow, useScheme } from "./scheme";

const nothing = () => undefined;

/** The page says which theme holds; Mantine is told. */
const ourScheme = { get: schemeNow, set: nothing, subscribe: nothing, unsubscribe: nothing, clear: nothing };

/** Where Mantine's fields, menus and dialogs can be used. */
export function MantineRoom({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      colorSchemeManager={ourScheme}
      forceColorScheme={useScheme()}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      {children}
    </MantineProvider>
  );
}
