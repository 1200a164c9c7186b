import type { Query } from "../api/client";

/** Which projects, environments and time a page speaks about. It lives in the URL and goes along from page to page. */
export interface Scope {
  /** Numeric project ids; none means all. */
  project?: string[];
  environment?: string[];
  /** `1h`, `14d`…; absent with `start` and `end`. */
  statsPeriod?: string;
  start?: string;
  end?: string;
}

export const defaultPeriod = "14d";

export const periods: [value: string, label: string][] = [
  ["1h", "Last hour"],
  ["24h", "Last 24 hours"],
  ["7d", "Last 7 days"],
  ["14d", "Last 14 days"],
  ["30d", "Last 30 days"],
  ["90d", "Last 90 days"],
];

type RawSearch = Record<string, unknown>;

/** Reads the scope out of a URL. What cannot be understood, such as Sentry's `project=-1`, is undefined: a field that were missing would keep its raw text. */
export function readScope(search: RawSearch): Scope {
  const project = texts(search.project).filter((id) => /^\d+$/.test(id));
  const environment = texts(search.environment);
  const start = moment(search.start);
  const end = moment(search.end);
  const between = start !== undefined && end !== undefined && start < end;
  return {
    project: project.length > 0 ? project : undefined,
    environment: environment.length > 0 ? environment : undefined,
    start: between ? start : undefined,
    end: between ? end : undefined,
    statsPeriod: between ? undefined : period(search.statsPeriod),
  };
}

function period(value: unknown): string | undefined {
  return typeof value === "string" && /^[1-9]\d{0,3}[mhdw]$/.test(value) ? value : undefined;
}

/** The scope as the API wants it: always with a time. */
export function scopeQuery(scope: Scope): Query {
  const time =
    scope.start && scope.end
      ? { start: scope.start, end: scope.end }
      : { statsPeriod: scope.statsPeriod ?? defaultPeriod };
  return { project: scope.project, environment: scope.environment, ...time };
}

/** What stays when one goes to another page. */
export function keepScope(search: Scope): Scope {
  const { project, environment, statsPeriod, start, end } = search;
  return { project, environment, statsPeriod, start, end };
}

export function periodLabel(scope: Scope): string {
  if (scope.start && scope.end) {
    return `${shortDate(scope.start)} – ${shortDate(scope.end)}`;
  }
  const value = scope.statsPeriod ?? defaultPeriod;
  return periods.find(([period]) => period === value)?.[1] ?? `Last ${value}`;
}

/** The time of a page within a sentence: `in the last 14 days`. */
export function inPeriod(scope: Scope): string {
  return scope.start && scope.end ? "in the chosen time" : `in the ${periodLabel(scope).toLowerCase()}`;
}

function shortDate(iso: string): string {
  return new Date(iso).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}

function moment(value: unknown): string | undefined {
  if (typeof value !== "string") {
    return undefined;
  }
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

function texts(value: unknown): string[] {
  const all = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return all.filter((one) => typeof one === "string" || typeof one === "number").map(String);
}
