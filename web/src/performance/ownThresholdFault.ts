const step = 100;
const longest = 3_600_000;

/** What is wrong with a transaction's own threshold as it is typed; undefined when nothing is. */
export function ownThresholdFault(text: string): string | undefined {
  const value = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  return value >= step && value <= longest && value % step === 0
    ? undefined
    : "Whole hundreds of milliseconds, from 100 to 3,600,000 (an hour).";
}
