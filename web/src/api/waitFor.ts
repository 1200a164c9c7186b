const pause = 4000;

/** How soon to ask again: while there is nothing yet, the page waits for the first; what is there stays as it is. */
export const waitFor = (nothingYet: boolean | undefined): number | false => (nothingYet ? pause : false);
