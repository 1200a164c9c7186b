import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { Bones, Empty, Failure } from "../design/States";
import { NoSpans } from "../onboarding/NoSpans";
import { inPeriod } from "../shell/scope";
import type { TransactionListSearch } from "./performanceSearch";

interface TransactionListStatesProps {
  org: string;
  list: Pick<UseInfiniteQueryResult, "isPending" | "isError" | "error" | "refetch">;
  rows: number;
  /** Whether not all was read: then none among what was read is not none. */
  partial: boolean;
  search: TransactionListSearch;
}

/** What stands in place of the rows: bones, a failure, or why there is nothing and what to do. */
export function TransactionListStates({ org, list, rows, partial, search }: TransactionListStatesProps) {
  if (rows > 0) {
    return null;
  }
  if (list.isPending) {
    return <Bones rows={14} />;
  }
  if (list.isError) {
    return <Failure what="The transactions could not be read" error={list.error} retry={() => void list.refetch()} />;
  }
  if (partial) {
    return null;
  }
  if (search.query || search.op) {
    return (
      <Empty title="No transaction matches">
        Nothing fits {search.query && <code>{search.query}</code>} {search.op && <code>{search.op}</code>}{" "}
        {inPeriod(search)}. A longer time or fewer words may find more.
      </Empty>
    );
  }
  return <NoSpans org={org} scope={search} what="transaction" />;
}
