/** The way of the data as it is now. Durations in the unit of their name, sizes in bytes. */
export interface PipelineState {
  status: "working" | "idle" | "failing" | "stuck";
  failure: { step: string; error: string; since: string } | null;
  journal: { bytesOnDisk: number; segments: number; refusing: string | null; lostBytes: number };
  stages: PipelineStage[];
  steps: { name: string; p50Milliseconds: number; p95Milliseconds: number; isRunning: boolean }[];
  /** Of the last hour, largest first. */
  outcomes: { outcome: string; reason: string; category: string; quantity: number }[];
  disk: { freeBytes: number; usedBytes: number; bytesPerDay: number; daysLeft: number | null };
  days: StoredDay[];
  quarantined: number;
}

export interface PipelineStage {
  name: string;
  ratePerSecond: number;
  bytesPerSecond: number;
  lagBytes: number;
  oldestSeconds: number;
}

export interface StoredDay {
  day: string;
  telemetryBytes: number;
  payloadBytes: number;
  damage: string | null;
  rebuild: { doneBytes: number; totalBytes: number } | null;
}

export interface QuarantineItem {
  id: string;
  projectId: string;
  projectSlug: string | null;
  itemType: string;
  reason: string;
  error: string | null;
  dateReceived: string;
  dateReplayed: string | null;
  bytes: number;
}

/** Sentry's `stats_v2`. */
export interface OutcomeStats {
  intervals: string[];
  groups: {
    by: { outcome?: string; reason?: string; category?: string };
    totals: Record<string, number>;
    series: Record<string, number[]>;
  }[];
}
