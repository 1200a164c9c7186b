import styles from "./Ago.module.css";
import { useNow } from "./clock";
import { age, moment } from "./format";

/** A relative time; the exact moment in the reader's zone stands in the title. */
export function Ago({ at, suffix = "" }: { at: string; suffix?: string }) {
  const now = useNow();
  const time = new Date(at);
  const text = age(time.getTime(), now);
  return (
    <time className={styles.ago} dateTime={at} title={moment(time)}>
      {text}
      {text === "now" ? "" : suffix}
    </time>
  );
}
