import { Select } from "@mantine/core";
import styles from "./CompareSection.module.css";
import type { TransactionSearch } from "./performanceSearch";

interface ReleaseChoiceProps {
  versions: readonly string[];
  a: string;
  b: string;
  change: (part: Partial<TransactionSearch>) => void;
}

/** Which release before, and which after. */
export function ReleaseChoice({ versions, a, b, change }: ReleaseChoiceProps) {
  return (
    <div className={styles.choice}>
      <Select
        aria-label="Release before"
        data={versions}
        value={a}
        title={a}
        onChange={(value) => change({ a: value ?? undefined })}
        searchable
      />
      <span className={styles.arrow} aria-hidden="true">
        →
      </span>
      <Select
        aria-label="Release after"
        data={versions}
        value={b}
        title={b}
        onChange={(value) => change({ b: value ?? undefined })}
        searchable
      />
    </div>
  );
}
