import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ApiError } from "./api/errors";
import "./design/fonts.css";
import "./design/mantine.css";
import "./design/tokens.css";
import { NoticesProvider } from "./design/Notices";
import { theme, themeChoice } from "./design/theme";
import { createAppRouter } from "./routes";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal stays one; only a server that cannot be reached or is busy is asked again.
      retry: (failures, error) =>
        failures < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status === 503),
    },
  },
});

const place = document.getElementById("root");
if (!place) {
  throw new Error("index.html has no #root.");
}

createRoot(place).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      colorSchemeManager={themeChoice}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queries}>
        <NoticesProvider>
          <RouterProvider router={createAppRouter(queries)} />
        </NoticesProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
