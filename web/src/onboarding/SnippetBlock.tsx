import { CopyButton } from "../design/Copy";
import type { Snippet } from "./platforms";
import styles from "./SnippetBlock.module.css";

export function SnippetBlock({ snippet }: { snippet: Snippet }) {
  return (
    <figure className={styles.block}>
      <figcaption className={styles.head}>
        {snippet.where}
        <CopyButton text={snippet.code} what="Copy" />
      </figcaption>
      <pre className={styles.code}>{snippet.code}</pre>
    </figure>
  );
}
