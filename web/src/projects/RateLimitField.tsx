import { Select, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import type { RateLimit } from "../api/shapes";
import styles from "./RateLimitField.module.css";

const windows = [
  { value: "1", label: "per second" },
  { value: "60", label: "per minute" },
  { value: "3600", label: "per hour" },
  { value: "86400", label: "per day" },
];

interface RateLimitFieldProps {
  limit: RateLimit | null;
  fixed: boolean;
  save: (limit: RateLimit | null) => Promise<void>;
}

/** A count and a window; an empty count means no limit. */
export function RateLimitField({ limit, fixed, save }: RateLimitFieldProps) {
  const [count, setCount] = useState(limit ? String(limit.count) : "");
  const [window, setWindow] = useState(String(limit?.window ?? 60));
  const [error, setError] = useState<string>();
  useEffect(() => {
    setCount(limit ? String(limit.count) : "");
    setWindow(String(limit?.window ?? 60));
  }, [limit]);
  const wrong = /^\d*$/.test(count) && count !== "0" ? undefined : "A whole number above 0, or nothing for no limit.";
  const choices = windows.some((one) => one.value === window)
    ? windows
    : [...windows, { value: window, label: `per ${window} s` }];

  const commit = (nextCount: string, nextWindow: string) => {
    const next = nextCount === "" ? null : { count: Number(nextCount), window: Number(nextWindow) };
    if (!wrong && (next?.count !== limit?.count || next?.window !== limit?.window)) {
      save(next).then(
        () => setError(undefined),
        (refusal: Error) => setError(refusal.message),
      );
    }
  };
  return (
    <div className={styles.field}>
      <TextInput
        aria-label="Events"
        placeholder="No limit"
        inputMode="numeric"
        disabled={fixed}
        value={count}
        error={wrong ?? error}
        onChange={(event) => setCount(event.currentTarget.value.trim())}
        onBlur={() => commit(count, window)}
        onKeyDown={(event) => event.key === "Enter" && commit(count, window)}
      />
      <Select
        aria-label="In what time"
        disabled={fixed}
        data={choices}
        value={window}
        onChange={(value) => {
          setWindow(value ?? "60");
          commit(count, value ?? "60");
        }}
      />
    </div>
  );
}
