import { queryOptions } from "@tanstack/react-query";
import { api } from "../api/client";
import type { ApiToken } from "../api/shapes";

/** Whose tokens: the caller's own, or the organization's. */
export type TokenKind = "own" | "organization";

export const tokenPath = (org: string, kind: TokenKind) =>
  kind === "own" ? "api-tokens/" : `organizations/${org}/org-auth-tokens/`;

export const tokensQuery = (org: string, kind: TokenKind) =>
  queryOptions({
    queryKey: [org, "tokens", kind],
    queryFn: ({ signal }) => api.get<ApiToken[]>(tokenPath(org, kind), { signal }),
  });

/** What a token may be given, by what it is about. `read` is part of `write`, and that of `admin`. */
export const tokenScopes: readonly [about: string, scopes: readonly string[]][] = [
  ["Events and issues", ["event:read", "event:write", "event:admin"]],
  ["Projects", ["project:read", "project:write", "project:admin"]],
  ["Releases", ["project:releases"]],
  ["Teams", ["team:read", "team:write", "team:admin"]],
  ["Members", ["member:read", "member:write", "member:admin"]],
  ["Organization", ["org:read", "org:write", "org:admin"]],
  ["Alerts", ["alerts:read", "alerts:write"]],
  ["Build servers", ["org:ci"]],
];
