import { ApiError } from "./errors";
import { type Cursors, cursorsOf } from "./link";
import { type Marks, marksOf } from "./marks";
import { prefix } from "./prefix";

export type QueryValue = string | number | boolean | undefined | null | readonly (string | number)[];
export type Query = Record<string, QueryValue>;

export interface Page<T> extends Marks {
  rows: T[];
  next: string | undefined;
  previous: string | undefined;
  /** How many rows match in all, when the server says so. */
  hits: number | undefined;
}

type Method = "GET" | "POST" | "PUT" | "DELETE";

interface Call {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
  /** Lets the request outlive the page, for a deletion that is due when the tab is closed. */
  keepalive?: boolean;
}

export function urlOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== "") {
        search.append(key, String(one));
      }
    }
  }
  const text = search.toString();
  return `${prefix}/api/0/${path}${text ? `?${text}` : ""}`;
}

/** The antiforgery value the server left in a readable cookie. */
export function antiforgery(cookies: string): string {
  return /(?:^|;\s*)tocsin_csrf=([^;]*)/.exec(cookies)?.[1] ?? "";
}

async function request(method: Method, path: string, call: Call): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") {
    headers["X-CSRF-Token"] = decodeURIComponent(antiforgery(document.cookie));
  }
  if (call.body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  let response: Response;
  try {
    response = await fetch(urlOf(path, call.query), {
      method,
      headers,
      body: call.body === undefined ? null : JSON.stringify(call.body),
      signal: call.signal ?? null,
      keepalive: call.keepalive ?? false,
      credentials: "same-origin",
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") {
      throw cause;
    }
    throw new ApiError(0, null, null);
  }
  if (!response.ok) {
    throw new ApiError(response.status, await bodyOf(response), response.headers.get("Retry-After"));
  }
  return response;
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!text) {
    return undefined;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The one place where an answer gets its type: the caller names the shape that the OpenAPI document promises. */
async function send<T>(method: Method, path: string, call: Call): Promise<T> {
  return (await bodyOf(await request(method, path, call))) as T;
}

export const api = {
  get: <T>(path: string, call: Call = {}) => send<T>("GET", path, call),
  post: <T>(path: string, body?: unknown, call: Call = {}) => send<T>("POST", path, { ...call, body: body ?? {} }),
  put: <T>(path: string, body: unknown, call: Call = {}) => send<T>("PUT", path, { ...call, body }),
  delete: <T = undefined>(path: string, call: Call = {}) => send<T>("DELETE", path, call),

  /** Every row of a list that is never long, such as projects or members. */
  async all<T>(path: string, call: Call = {}): Promise<T[]> {
    const rows: T[] = [];
    let cursor: string | undefined;
    do {
      const page: Page<T> = await api.page<T>(path, { ...call, query: { ...call.query, cursor } });
      rows.push(...page.rows);
      cursor = page.next;
    } while (cursor !== undefined && rows.length < 10_000);
    return rows;
  },

  /** An answer that is no list but has further pages. */
  async answer<T>(path: string, call: Call = {}): Promise<{ body: T } & Cursors> {
    const response = await request("GET", path, call);
    return { body: (await bodyOf(response)) as T, ...cursorsOf(response.headers.get("Link")) };
  },

  /** An answer that has no room for its marks, with them. */
  async noted<T>(path: string, call: Call = {}): Promise<{ body: T } & Marks> {
    const response = await request("GET", path, call);
    return { body: (await bodyOf(response)) as T, ...marksOf(response.headers) };
  },

  /** An answer to what is sent, with its marks. */
  async marked<T>(path: string, body: unknown, call: Call = {}): Promise<{ body: T } & Marks> {
    const response = await request("POST", path, { ...call, body });
    return { body: (await bodyOf(response)) as T, ...marksOf(response.headers) };
  },

  async page<T>(path: string, call: Call = {}): Promise<Page<T>> {
    const response = await request("GET", path, call);
    const hits = response.headers.get("X-Hits");
    return {
      rows: ((await bodyOf(response)) ?? []) as T[],
      ...cursorsOf(response.headers.get("Link")),
      hits: hits === null ? undefined : Number(hits),
      ...marksOf(response.headers),
    };
  },
};
