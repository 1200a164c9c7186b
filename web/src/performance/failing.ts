const much = 0.05;

/** Whether a share of failures is one to look at: such are shown in the colour of errors. */
export const isFailing = (share: number): boolean => share >= much;
