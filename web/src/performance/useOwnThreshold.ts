import { useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { useNotice } from "../design/Notices";

/** A transaction, and the threshold that is its own now: null while the project's counts. */
export interface ThresholdOwner {
  /** Its number. */
  project: string;
  transaction: string;
  own: number | null;
}

/** Gives a transaction a threshold of its own in milliseconds, or with null the project's again; either can be undone. */
export function useOwnThreshold(org: string): (owner: ThresholdOwner, milliseconds: number | null) => Promise<void> {
  const queries = useQueryClient();
  const notice = useNotice();
  const put = async ({ project, transaction }: ThresholdOwner, milliseconds: number | null) => {
    const path = `organizations/${org}/project-transaction-threshold-override/`;
    if (milliseconds === null) {
      await api.delete(path, { query: { project, transaction } });
    } else {
      await api.post(path, { transaction, threshold: milliseconds, metric: "duration" }, { query: { project } });
    }
    await queries.invalidateQueries({ queryKey: [org, "performance"] });
  };
  return async (owner, milliseconds) => {
    await put(owner, milliseconds);
    notice({
      text: milliseconds === null ? "The project's threshold counts again" : "Apdex threshold saved",
      undo: () => {
        put(owner, owner.own).catch((error: Error) => notice({ text: error.message, tone: "error" }));
      },
    });
  };
}
