import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { sessionQuery, setupQuery } from "./access/session";
import { prefix } from "./api/prefix";
import { withMantine } from "./design/withMantine";
import { eventQuery } from "./events/eventQueries";
import { readExploreSearch } from "./explore/exploreSearch";
import { issueListQuery, issueQuery } from "./issues/issueQueries";
import { readIssueSearch } from "./issues/issueSearch";
import { readListSearch } from "./issues/listSearch";
import {
  readMapSearch,
  readTransactionListSearch,
  readTransactionSearch,
  readVitalsSearch,
} from "./performance/performanceSearch";
import { readProjectSearch } from "./projects/projectSearch";
import { Frame } from "./shell/Frame";
import { LostPage } from "./shell/LostPage";
import { organizationsQuery } from "./shell/organizations";
import { RouteFailure } from "./shell/RouteFailure";
import { readScope } from "./shell/scope";
import { parseSearch, stringifySearch } from "./shell/searchText";
import { traceListQuery, traceQuery } from "./traces/traceQueries";
import { readTraceListSearch, readTraceSearch } from "./traces/traceSearch";

export interface RouteContext {
  queries: QueryClient;
}

const root = createRootRouteWithContext<RouteContext>()({ component: Outlet, notFoundComponent: LostPage });

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

const login = createRoute({
  getParentRoute: () => root,
  path: "login",
  validateSearch: (search: Record<string, unknown>): { next?: string } => ({ next: text(search.next) }),
  component: lazyRouteComponent(withMantine(() => import("./access/LoginPage"), "LoginPage")),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: "setup",
  validateSearch: (search: Record<string, unknown>): { token?: string } => ({ token: text(search.token) }),
  component: lazyRouteComponent(withMantine(() => import("./access/SetupPage"), "SetupPage")),
});

const acceptInvite = createRoute({
  getParentRoute: () => root,
  path: "accept-invite",
  validateSearch: (search: Record<string, unknown>): { invite?: string } => ({ invite: text(search.invite) }),
  component: lazyRouteComponent(withMantine(() => import("./access/InvitePage"), "InvitePage")),
});

/** Everything behind the login. */
const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (!session.user) {
      const { required } = await context.queries.fetchQuery(setupQuery);
      throw required ? redirect({ to: "/setup" }) : redirect({ to: "/login", search: { next: location.href } });
    }
  },
});

const home = createRoute({
  getParentRoute: () => inside,
  path: "/",
  beforeLoad: async ({ context }) => {
    const organizations = await context.queries.ensureQueryData(organizationsQuery);
    const first = organizations[0];
    if (first) {
      throw redirect({ to: "/organizations/$org/issues", params: { org: first.slug } });
    }
  },
  component: LostPage,
});

const organization = createRoute({
  getParentRoute: () => inside,
  path: "organizations/$org",
  validateSearch: readScope,
  component: Frame,
});

const organizationHome = createRoute({
  getParentRoute: () => organization,
  path: "/",
  beforeLoad: ({ params, search }) => {
    throw redirect({ to: "/organizations/$org/issues", params, search });
  },
});

const issues = createRoute({
  getParentRoute: () => organization,
  path: "issues",
  validateSearch: readListSearch,
  loaderDeps: ({ search }) => search,
  // Asked for while the page's code is still on its way.
  loader: ({ context, params, deps }) => void context.queries.prefetchInfiniteQuery(issueListQuery(params.org, deps)),
  component: lazyRouteComponent(() => import("./issues/IssueListPage"), "IssueListPage"),
  staticData: { crumb: "Issues", scope: "all" },
});

const issue = createRoute({
  getParentRoute: () => organization,
  path: "issues/$issueId",
  validateSearch: readIssueSearch,
  loaderDeps: ({ search: { event, environment } }) => ({ event, environment }),
  loader: ({ context, params: { org, issueId }, deps }) => {
    void context.queries.prefetchQuery(issueQuery(org, issueId));
    void context.queries.prefetchQuery(eventQuery(org, issueId, deps.event ?? "recommended", deps.environment));
  },
  component: lazyRouteComponent(withMantine(() => import("./issues/IssuePage"), "IssuePage")),
  staticData: { crumb: "Issues", scope: "time" },
});

/** The address Sentry's tools print for one event of an issue. */
const issueEvent = createRoute({
  getParentRoute: () => organization,
  path: "issues/$issueId/events/$eventId",
  beforeLoad: ({ params: { org, issueId, eventId }, search }) => {
    throw redirect({
      to: "/organizations/$org/issues/$issueId",
      params: { org, issueId },
      search: { ...search, event: eventId },
    });
  },
});

const traces = createRoute({
  getParentRoute: () => organization,
  path: "traces",
  validateSearch: readTraceListSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) => void context.queries.prefetchInfiniteQuery(traceListQuery(params.org, deps)),
  component: lazyRouteComponent(withMantine(() => import("./traces/TraceListPage"), "TraceListPage")),
  staticData: { crumb: "Traces", scope: "all" },
});

const trace = createRoute({
  getParentRoute: () => organization,
  path: "traces/$traceId",
  validateSearch: readTraceSearch,
  loader: ({ context, params: { org, traceId } }) => void context.queries.prefetchQuery(traceQuery(org, traceId)),
  component: lazyRouteComponent(withMantine(() => import("./traces/TracePage"), "TracePage")),
  staticData: { crumb: "Traces" },
});

/** The addresses Sentry's SDKs and tools print for a trace. */
const sentryTraces = (["traces/trace/$traceId", "performance/trace/$traceId"] as const).map((path) =>
  createRoute({
    getParentRoute: () => organization,
    path,
    beforeLoad: ({ params, search }) => {
      throw redirect({ to: "/organizations/$org/traces/$traceId", params, search });
    },
  }),
);

const performance = createRoute({
  getParentRoute: () => organization,
  path: "performance",
  validateSearch: readTransactionListSearch,
  component: lazyRouteComponent(withMantine(() => import("./performance/TransactionListPage"), "TransactionListPage")),
  staticData: { crumb: "Performance", view: "Transactions", scope: "all" },
});

const transaction = createRoute({
  getParentRoute: () => organization,
  path: "performance/summary",
  validateSearch: readTransactionSearch,
  component: lazyRouteComponent(withMantine(() => import("./performance/TransactionPage"), "TransactionPage")),
  staticData: { crumb: "Performance", scope: "all" },
});

const vitals = createRoute({
  getParentRoute: () => organization,
  path: "performance/vitals",
  validateSearch: readVitalsSearch,
  component: lazyRouteComponent(withMantine(() => import("./performance/VitalsPage"), "VitalsPage")),
  staticData: { crumb: "Performance", view: "Web vitals", scope: "all" },
});

const serviceMap = createRoute({
  getParentRoute: () => organization,
  path: "performance/map",
  validateSearch: readMapSearch,
  component: lazyRouteComponent(withMantine(() => import("./performance/ServiceMapPage"), "ServiceMapPage")),
  staticData: { crumb: "Performance", view: "Service map", scope: "all" },
});

const explore = createRoute({
  getParentRoute: () => organization,
  path: "explore",
  validateSearch: readExploreSearch,
  component: lazyRouteComponent(withMantine(() => import("./explore/ExplorePage"), "ExplorePage")),
  staticData: { crumb: "Explore", scope: "all" },
});

const pipeline = createRoute({
  getParentRoute: () => organization,
  path: "pipeline",
  component: lazyRouteComponent(withMantine(() => import("./pipeline/PipelinePage"), "PipelinePage")),
  staticData: { crumb: "Pipeline" },
});

const newProject = createRoute({
  getParentRoute: () => organization,
  path: "projects/new",
  component: lazyRouteComponent(withMantine(() => import("./onboarding/NewProjectPage"), "NewProjectPage")),
  staticData: { crumb: "New project" },
});

const startProject = createRoute({
  getParentRoute: () => organization,
  path: "projects/$project/start",
  validateSearch: (search: Record<string, unknown>): { platform?: string } => ({ platform: text(search.platform) }),
  component: lazyRouteComponent(withMantine(() => import("./onboarding/StartPage"), "StartPage")),
  staticData: { crumb: "First event" },
});

const settings = createRoute({
  getParentRoute: () => organization,
  path: "settings",
  component: lazyRouteComponent(withMantine(() => import("./settings/SettingsFrame"), "SettingsFrame")),
  staticData: { crumb: "Settings" },
});

const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: "/",
  component: lazyRouteComponent(() => import("./settings/OrganizationPage"), "OrganizationPage"),
});

const projects = createRoute({
  getParentRoute: () => settings,
  path: "projects",
  component: lazyRouteComponent(() => import("./projects/ProjectsPage"), "ProjectsPage"),
  staticData: { crumb: "Projects" },
});

const project = createRoute({
  getParentRoute: () => settings,
  path: "projects/$project",
  validateSearch: readProjectSearch,
  component: lazyRouteComponent(() => import("./projects/ProjectPage"), "ProjectPage"),
  staticData: { crumb: "Projects" },
});

const teams = createRoute({
  getParentRoute: () => settings,
  path: "teams",
  component: lazyRouteComponent(() => import("./settings/TeamsPage"), "TeamsPage"),
  staticData: { crumb: "Teams" },
});

const members = createRoute({
  getParentRoute: () => settings,
  path: "members",
  component: lazyRouteComponent(() => import("./settings/MembersPage"), "MembersPage"),
  staticData: { crumb: "Members" },
});

const tokens = createRoute({
  getParentRoute: () => settings,
  path: "tokens",
  component: lazyRouteComponent(() => import("./settings/TokensPage"), "TokensPage"),
  staticData: { crumb: "API tokens" },
});

const account = createRoute({
  getParentRoute: () => settings,
  path: "account",
  component: lazyRouteComponent(() => import("./settings/AccountPage"), "AccountPage"),
  staticData: { crumb: "My account" },
});

/** An address inside an organization that leads nowhere still has everything around it to go elsewhere. */
const lost = createRoute({ getParentRoute: () => organization, path: "$", component: LostPage });

const routeTree = root.addChildren([
  login,
  setup,
  acceptInvite,
  inside.addChildren([
    home,
    organization.addChildren([
      organizationHome,
      issues,
      issue,
      issueEvent,
      traces,
      trace,
      ...sentryTraces,
      performance,
      transaction,
      vitals,
      serviceMap,
      explore,
      pipeline,
      newProject,
      startProject,
      settings.addChildren([settingsHome, projects, project, teams, members, tokens, account]),
      lost,
    ]),
  ]),
]);

export function createAppRouter(queries: QueryClient) {
  return createRouter({
    routeTree,
    basepath: prefix || "/",
    context: { queries },
    parseSearch,
    stringifySearch,
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: RouteFailure,
    defaultNotFoundComponent: LostPage,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
  interface StaticDataRouteOption {
    crumb?: string;
    /** Which of several views of the page: a part of the tab's title, as the page itself shows it. */
    view?: string;
    /** Which scope controls the page obeys; none are shown without it. */
    scope?: "all" | "time";
  }
}
