const much = 0.05;

/** Whether a share of failures is one to look at: such are shown in the colour of errors. */
export const isFailing = (share: number): boolean => share >= much;

/** Statuses of runs that did not fail, as the server has it: also of one that was given up, and of one that does not say. */
const unfailed: readonly string[] = ["ok", "cancelled", "unknown", ""];

export const hasFailed = (status: string): boolean => !unfailed.includes(status);
