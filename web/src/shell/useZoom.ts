import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";

export const isoOf = (unixSeconds: number): string => new Date(Math.round(unixSeconds) * 1000).toISOString();

/** Makes a stretch of a chart, in Unix seconds, the time of the page. It stands in the URL like any chosen time. */
export function useZoom(): (from: number, to: number) => void {
  const navigate = useNavigate();
  return useCallback(
    (from, to) =>
      void navigate({
        to: ".",
        search: (old) => ({ ...old, statsPeriod: undefined, start: isoOf(from), end: isoOf(to) }),
      }),
    [navigate],
  );
}
