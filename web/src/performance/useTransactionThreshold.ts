import { useQuery } from "@tanstack/react-query";
import type { TransactionSummary } from "../api/performanceShapes";
import { useMay } from "../settings/useMay";
import { projectsQuery } from "../shell/organizations";
import { projectIdOf } from "./transactionLink";
import { useOwnThreshold } from "./useOwnThreshold";

type Save = (milliseconds: number | null) => Promise<void>;

/** Changes the threshold of the transaction on the page, see `useOwnThreshold`; undefined for those who may not. */
export function useTransactionThreshold(org: string, summary: TransactionSummary | undefined): Save | undefined {
  const may = useMay(org)("project:write");
  const projects = useQuery(projectsQuery(org)).data;
  const save = useOwnThreshold(org);
  const { totals, threshold } = summary ?? {};
  const [project] = (totals && projectIdOf(totals.project, projects)) ?? [];
  if (!may || !totals || !threshold || project === undefined) {
    return undefined;
  }
  const own = threshold.own ? threshold.milliseconds : null;
  return (milliseconds) => save({ project, transaction: totals.transaction, own }, milliseconds);
}
