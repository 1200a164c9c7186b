import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import type { TransactionSummary } from "../api/performanceShapes";
import { useNotice } from "../design/Notices";
import { useMay } from "../settings/useMay";
import { projectsQuery } from "../shell/organizations";
import { projectIdOf } from "./transactionLink";

type Save = (milliseconds: number | null) => Promise<void>;

/** Gives the transaction a threshold of its own, or with null the project's again; undefined for those who may not. */
export function useTransactionThreshold(org: string, summary: TransactionSummary | undefined): Save | undefined {
  const may = useMay(org)("project:write");
  const projects = useQuery(projectsQuery(org)).data;
  const queries = useQueryClient();
  const notice = useNotice();
  const { totals, threshold } = summary ?? {};
  const project = totals ? projectIdOf(totals.project, projects) : undefined;
  if (!may || !totals || !threshold || !project) {
    return undefined;
  }
  const put: Save = async (milliseconds) => {
    const path = `organizations/${org}/project-transaction-threshold-override/`;
    const { transaction } = totals;
    if (milliseconds === null) {
      await api.delete(path, { query: { project, transaction } });
    } else {
      await api.post(path, { transaction, threshold: milliseconds, metric: "duration" }, { query: { project } });
    }
    await queries.invalidateQueries({ queryKey: [org, "performance"] });
  };
  return async (milliseconds) => {
    await put(milliseconds);
    notice({
      text: milliseconds === null ? "The project's threshold counts again" : "Apdex threshold saved",
      undo: () => {
        put(threshold.own ? threshold.milliseconds : null).catch((error: Error) =>
          notice({ text: error.message, tone: "error" }),
        );
      },
    });
  };
}
