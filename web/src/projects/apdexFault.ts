const longest = 3_600_000;

/** What is wrong with a threshold as it is typed; undefined when nothing is. */
export function apdexFault(text: string): string | undefined {
  return /^\d{1,7}$/.test(text) && Number(text) >= 1 && Number(text) <= longest
    ? undefined
    : "Whole milliseconds, from 1 to 3,600,000 (an hour).";
}
