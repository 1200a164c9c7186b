import { IconPencil } from "@tabler/icons-react";
import type { RunThreshold } from "../api/performanceShapes";
import { Button } from "../design/Button";
import { Dropdown } from "../design/dropdown/Dropdown";
import { exactNumber } from "../design/format";
import { SavedText } from "../settings/SavedText";
import { ownThresholdFault } from "./ownThresholdFault";
import styles from "./TransactionThreshold.module.css";

interface TransactionThresholdProps {
  threshold: RunThreshold;
  /** Undefined: the caller may not change it. Null takes the transaction's own away. */
  save: ((milliseconds: number | null) => Promise<void>) | undefined;
}

/** What apdex and misery are counted by, changed where they are read. */
export function TransactionThreshold({ threshold, save }: TransactionThresholdProps) {
  const text = `≤ ${exactNumber(threshold.milliseconds)} ms`;
  const whose = threshold.own ? "This transaction's own threshold" : "The project's threshold";
  if (!save) {
    return (
      <span className={styles.value} title={whose}>
        {text}
      </span>
    );
  }
  return (
    <Dropdown
      className={styles.button}
      label={`Apdex threshold: ${text}. Change it`}
      title={`${whose}. Change it`}
      width={300}
      face={
        <>
          {text}
          <IconPencil size={13} stroke={1.6} />
        </>
      }
    >
      {() => (
        <>
          <div className={styles.label}>Apdex threshold of this transaction</div>
          <div className={styles.field}>
            <SavedText
              label="Apdex threshold of this transaction"
              field="threshold"
              value={String(threshold.milliseconds)}
              fault={(typed) => (typed === String(threshold.milliseconds) ? undefined : ownThresholdFault(typed))}
              save={(typed) => save(Number(typed))}
            />
            <span>ms</span>
          </div>
          <p className={styles.explain}>
            Within it a run satisfies its user, within four times of it it is tolerated. What is stored already is
            counted anew.
          </p>
          {threshold.own ? (
            <Button small onClick={() => void save(null)}>
              Use the project's threshold
            </Button>
          ) : (
            <p className={styles.explain}>It is the project's now. A change here is for this transaction alone.</p>
          )}
        </>
      )}
    </Dropdown>
  );
}
