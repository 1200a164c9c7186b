import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { sessionQuery } from "./access/session";
import { ApiError } from "./api/errors";
import { prefix } from "./api/prefix";
import "./design/fonts.css";
import "./design/tokens.css";
import "./shell/coming.css";
import { NoticesProvider } from "./design/Notices";
import { followScheme } from "./design/scheme";
import { fetchLandingList } from "./issues/landingList";
import { createAppRouter } from "./routes";
import { reloadAfterUpdate } from "./shell/reloadAfterUpdate";

const queries = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      // The session has ended elsewhere: asking who is there leads to the login and back.
      if (error instanceof ApiError && error.status === 401 && queries.getQueryData(sessionQuery.queryKey)?.user) {
        queries.removeQueries({ queryKey: sessionQuery.queryKey });
        void router.invalidate();
      }
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal stays one; only a server that cannot be reached or is busy is asked again.
      retry: (failures, error) =>
        failures < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status === 503),
    },
  },
});

const router = createAppRouter(queries);
if (/^\/?$|\/issues\/?$/.test(window.location.pathname.slice(prefix.length))) {
  // The landing page's code comes along while the server is still asked who is there.
  void import("./issues/IssueListPage");
  fetchLandingList(queries);
}
reloadAfterUpdate();
followScheme();
router.subscribe("onRendered", () => document.getElementById("coming")?.remove());

const place = document.getElementById("root");
if (!place) {
  throw new Error("index.html has no #root.");
}

const render = () =>
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <NoticesProvider>
          <RouterProvider router={router} />
        </NoticesProvider>
      </QueryClientProvider>
    </StrictMode>,
  );

// With what the page shows there from the start, it is drawn once, not first the frame and then what is in it.
router.load().then(render, render);
