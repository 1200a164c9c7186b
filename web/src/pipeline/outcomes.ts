import type { Bucket, OutcomeStats } from "../api/shapes";

export interface OutcomeLine {
  outcome: string;
  reason: string;
  category: string;
  total: number;
  buckets: Bucket[];
}

const field = "sum(quantity)";

/** One line per outcome, reason and category: what was stored, then what was lost, then what was meant to go. */
export function outcomeLines(stats: OutcomeStats): OutcomeLine[] {
  return stats.groups
    .map((group) => ({
      outcome: String(group.by.outcome ?? ""),
      reason: group.by.reason && group.by.reason !== "none" ? String(group.by.reason) : "",
      category: String(group.by.category ?? ""),
      total: group.totals[field] ?? 0,
      buckets: stats.intervals.map((at, index): Bucket => [Date.parse(at) / 1000, group.series[field]?.[index] ?? 0]),
    }))
    .filter((line) => line.total > 0)
    .sort((a, b) => rank(a.outcome) - rank(b.outcome) || b.total - a.total);
}

const order = [
  "accepted",
  "failed",
  "invalid",
  "rate_limited",
  "cardinality_limited",
  "abuse",
  "filtered",
  "client_discard",
  "quarantined",
];

function rank(outcome: string): number {
  const place = order.indexOf(outcome);
  return place === -1 ? order.length : place;
}

/** Kinds whose quantity is bytes, not items. */
export function isBytes(category: string): boolean {
  return category === "attachment" || category.endsWith("_byte");
}

const sentences: Record<string, string> = {
  accepted: "stored",
  filtered: "filtered",
  rate_limited: "rate-limited",
  invalid: "refused as invalid",
  abuse: "refused as abuse",
  client_discard: "dropped by the client",
  cardinality_limited: "over the cardinality limit",
  quarantined: "in quarantine",
  failed: "failed",
};

export function outcomeWord(outcome: string): string {
  return sentences[outcome] ?? outcome.replaceAll("_", " ");
}

/** Whether something was lost that somebody may have wanted. */
export function isLoss(outcome: string): boolean {
  return outcome === "invalid" || outcome === "failed" || outcome === "rate_limited" || outcome === "quarantined";
}
