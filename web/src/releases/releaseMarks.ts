import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "../api/client";
import type { ReleaseMark } from "../api/performanceShapes";
import type { TimeMark } from "../design/timeSeries";
import { type Scope, scopeQuery } from "../shell/scope";

export const releaseMarksQuery = (org: string, scope: Scope) => {
  const query = scopeQuery(scope);
  return queryOptions({
    queryKey: [org, "release-marks", query],
    queryFn: ({ signal }) => api.get<ReleaseMark[]>(`organizations/${org}/release-marks/`, { signal, query }),
    staleTime: 60_000,
  });
};

const none: readonly TimeMark[] = [];

/** When releases came, for the charts. A chart without marks is still a chart, so a failure is not shown. */
export function useReleaseMarks(org: string, scope: Scope): readonly TimeMark[] {
  const marks = useQuery(releaseMarksQuery(org, scope)).data;
  return useMemo(() => marks?.map(timeMark) ?? none, [marks]);
}

export const timeMark = ({ version, time, kind, environment }: ReleaseMark): TimeMark => ({
  at: time,
  label: version,
  kind,
  environment: environment ?? undefined,
});
