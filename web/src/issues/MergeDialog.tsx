import { Modal } from "@mantine/core";
import type { Issue } from "../api/shapes";
import { Button } from "../design/Button";
import { Count } from "../design/Count";
import { plural } from "../design/format";
import styles from "./MergeDialog.module.css";
import { mergeObstacle, parentOf, whyParent } from "./mergeChoice";

interface MergeDialogProps {
  issues: readonly Issue[];
  close: () => void;
  merge: () => void;
}

/** Names the issue that stays before anything happens. */
export function MergeDialog({ issues, close, merge }: MergeDialogProps) {
  const parent = parentOf(issues);
  const obstacle = mergeObstacle(issues);
  return (
    <Modal opened onClose={close} title={`Merge ${plural(issues.length, "issue")}`} size={520}>
      {obstacle ? (
        <p role="alert">{obstacle}</p>
      ) : (
        <>
          <p className={styles.explain}>
            <b>{parent?.shortId}</b> {whyParent(issues)}. It takes in the others: their events, users and comments, and
            every event of their kinds that comes from now on. They can be taken out again on its page.
          </p>
          <ul className={styles.issues}>
            {issues
              .toSorted((a, b) => Number(b === parent) - Number(a === parent))
              .map((issue) => (
                <li key={issue.id} className={styles.issue} data-parent={issue === parent}>
                  <span className={styles.name}>{issue.shortId}</span>
                  <span className={styles.title} title={issue.title}>
                    {issue.title}
                  </span>
                  <span className={styles.count}>
                    <Count value={Number(issue.count)} />
                  </span>
                </li>
              ))}
          </ul>
        </>
      )}
      <div className={styles.actions}>
        <Button onClick={close}>Cancel</Button>
        <Button
          look="primary"
          data-autofocus
          disabled={obstacle !== undefined}
          onClick={() => {
            merge();
            close();
          }}
        >
          Merge into {parent?.shortId}
        </Button>
      </div>
    </Modal>
  );
}
