/** One colour per percentile, on every page: the calm ones for the middle, the warm ones for the slow end. */
export const durationColours = { p50: "#6b7f99", p75: "#3a7ca5", p95: "#d0783b", p99: "#b0507a" } as const;
