import { useNavigate, useParams } from "@tanstack/react-router";
import { keepScope } from "../shell/scope";
import { isoOf } from "../shell/useZoom";

/** Leads from a moment of a chart, in Unix seconds, to the spans it was counted from, shown by these columns or the usual ones. */
export function useRowsBehind(query: string, field?: string[]): (from: number, to: number) => void {
  const { org } = useParams({ from: "/inside/organizations/$org" });
  const navigate = useNavigate();
  return (from, to) =>
    void navigate({
      to: "/organizations/$org/explore",
      params: { org },
      search: (old) => ({
        ...keepScope(old),
        statsPeriod: undefined,
        start: isoOf(from),
        end: isoOf(to),
        mode: "samples" as const,
        query,
        field,
      }),
    });
}
