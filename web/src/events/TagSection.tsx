import { Link } from "@tanstack/react-router";
import type { EventDetail } from "../api/eventShapes";
import { withTerm } from "../search/searchTokens";
import { keepScope } from "../shell/scope";
import { metaOf } from "./meta";
import { RemarkMark } from "./RemarkMark";
import { Section } from "./Section";
import styles from "./TagSection.module.css";

/** The tags of this event. Each leads to the unresolved issues that share it. */
export function TagSection({ org, event }: { org: string; event: EventDetail }) {
  if (event.tags.length === 0) {
    return null;
  }
  return (
    <Section id="tags" title="Tags" note={event.tags.length}>
      <ul className={styles.tags}>
        {event.tags.map(({ key, value }, index) => (
          <li key={key} className={styles.tag}>
            <span className={styles.key}>{key}</span>
            {value === null ? (
              <span className={styles.none}>refused</span>
            ) : (
              <Link
                to="/organizations/$org/issues"
                params={{ org }}
                search={(old) => ({ ...keepScope(old), query: withTerm("is:unresolved", key, value) })}
                className={styles.value}
                title={value}
              >
                {value || "(empty)"}
              </Link>
            )}
            <RemarkMark meta={metaOf(event._meta, "tags", index, "value")} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
