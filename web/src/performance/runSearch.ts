import { allOf, term } from "../search/searchTokens";
import type { TransactionSearch } from "./performanceSearch";

type Transaction = Pick<TransactionSearch, "transaction" | "op">;

/** The search in Explore that finds the runs of the transaction, and no others of the same name. */
export const runSearch = ({ transaction, op }: Transaction): string =>
  allOf("is_transaction:true", term("transaction", transaction), op && term("span.op", op));

/** Those that took so long, in milliseconds; without an end, so long and longer. */
export const runsWithin = (transaction: Transaction, from: number, to?: number): string =>
  allOf(
    runSearch(transaction),
    `span.duration:>=${exact(from)}ms`,
    to !== undefined && `span.duration:<${exact(to)}ms`,
  );

/** What Explore shows of them. */
export const runFields = ["timestamp", "span.duration", "span.status", "user", "release", "trace"];

/** To the microsecond, as durations are stored. */
const exact = (milliseconds: number): number => Number(milliseconds.toFixed(3));
