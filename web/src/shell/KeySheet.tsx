import { Modal } from "@mantine/core";
import { Fragment } from "react";
import styles from "./KeySheet.module.css";

const sheets: [title: string, keys: [keys: string, what: string][]][] = [
  [
    "Everywhere",
    [
      ["Ctrl/⌘ K", "Go to a page, project or issue"],
      ["Alt I", "To the issues"],
      ["?", "This sheet"],
    ],
  ],
  [
    "Issue list",
    [
      ["J  K", "Next, previous issue"],
      ["Enter", "Open"],
      ["X", "Select"],
      ["E", "Resolve"],
      ["M", "Archive"],
      ["A", "Assign"],
      ["/", "Search"],
      ["Esc", "Clear the selection"],
    ],
  ],
  [
    "Issue",
    [
      ["[  ]", "Older, newer event"],
      ["E", "Resolve or reopen"],
      ["M", "Archive"],
      ["A", "Assign"],
      ["C", "Copy as Markdown"],
      ["U", "Back to the list"],
    ],
  ],
  [
    "Lists of transactions and traces",
    [
      ["J  K", "Next, previous row"],
      ["Enter", "Open"],
      ["/", "Search"],
    ],
  ],
  [
    "Transaction",
    [
      ["←  →", "Choose the bar beside, in a histogram"],
      ["⇧←  ⇧→", "Choose one more"],
      ["U", "Back to the list"],
    ],
  ],
  [
    "Trace",
    [
      ["J  K  ↓  ↑", "Next, previous row"],
      ["→  ←", "Open, close or go to the parent"],
      ["Enter", "Show the span"],
      ["/", "Search"],
      ["N  ⇧N", "Next, previous match"],
      ["+  −  0", "Zoom in, out, whole trace"],
      ["Z", "Zoom to the row"],
      ["⇧→  ⇧←", "Move along the time"],
      ["Esc", "Close the span"],
      ["U", "Back to the list"],
    ],
  ],
];

export function KeySheet({ close }: { close: () => void }) {
  return (
    <Modal opened onClose={close} title="Keys" size={420}>
      {sheets.map(([title, keys]) => (
        <section key={title} className={styles.section}>
          <h3 className={styles.title}>{title}</h3>
          <dl className={styles.keys}>
            {keys.map(([key, what]) => (
              <Fragment key={key}>
                <dt>
                  <kbd className={styles.key}>{key}</kbd>
                </dt>
                <dd>{what}</dd>
              </Fragment>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  );
}
