import type { TransactionRow } from "../api/performanceShapes";
import type { Project } from "../api/shapes";
import { keepScope, type Scope } from "../shell/scope";

type Named = Pick<TransactionRow, "transaction" | "op" | "project">;

/** The project of a row as the scope has it: by number. */
export function projectIdOf(slug: string, projects: readonly Project[] | undefined): string[] | undefined {
  const id = projects?.find((project) => project.slug === slug)?.id;
  return id === undefined ? undefined : [id];
}

export function transactionLink(org: string, row: Named, projects: readonly Project[] | undefined) {
  return {
    to: "/organizations/$org/performance/summary",
    params: { org },
    search: (old: Scope) => ({
      ...keepScope(old),
      project: projectIdOf(row.project, projects) ?? old.project,
      transaction: row.transaction,
      op: row.op || undefined,
    }),
  } as const;
}
