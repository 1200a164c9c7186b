import { CopyButton } from "../design/Copy";
import styles from "./SecretText.module.css";

/** Something that is shown once. */
export function SecretText({ text, explain }: { text: string; explain: string }) {
  return (
    <div>
      <p className={styles.explain}>{explain}</p>
      <div className={styles.secret}>
        <code className={styles.text}>{text}</code>
        <CopyButton text={text} what="Copy" />
      </div>
    </div>
  );
}
