import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { TraceDetail } from "../api/traceShapes";
import { usualQuery } from "./traceQueries";
import { nothingUsual, type UsualOf, usualOf } from "./usual";

/** Undefined until the answer is there; while a trace grows the last one stands. */
export function useUsual(org: string, trace: TraceDetail | undefined): UsualOf | undefined {
  const { data, isError } = useQuery({ ...usualQuery(org, trace), placeholderData: keepPreviousData });
  return useMemo(() => (data ? usualOf(data.kinds) : isError ? nothingUsual : undefined), [data, isError]);
}
