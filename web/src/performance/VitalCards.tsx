import { exactNumber, shortNumber } from "../design/format";
import { ScoreRing } from "./ScoreRing";
import { ShareBar } from "./ShareBar";
import type { Vital, VitalsReport } from "./shapes";
import styles from "./VitalCards.module.css";
import { ratingOf, scoreRating, vitalFormat, vitalOrder, vitalWords } from "./vitalText";

interface VitalCardsProps {
  report: VitalsReport;
  thresholds: "google" | "sentry";
  vital: Vital;
  choose: (vital: Vital) => void;
}

const words = { good: "good", meh: "needs work", poor: "poor" } as const;

/** The score as a ring of its parts, and each vital with what three of four visitors had at most. */
export function VitalCards({ report, thresholds, vital, choose }: VitalCardsProps) {
  return (
    <div className={styles.cards}>
      <ScoreRing score={report.score} />
      <div className={styles.vitals} role="radiogroup" aria-label="Vital shown in the charts">
        {vitalOrder.map((one) => {
          const share = report.vitals[one];
          const rating = share ? ratingOf(one, share.p75, thresholds) : undefined;
          const part = report.score?.[one];
          return (
            <button
              key={one}
              type="button"
              role="radio"
              aria-checked={one === vital}
              className={styles.card}
              title={vitalWords[one].full}
              onClick={() => choose(one)}
            >
              <span className={styles.name}>{vitalWords[one].name}</span>
              {share && rating ? (
                <>
                  <span className={styles.value} data-rating={rating}>
                    {vitalFormat(one)(share.p75)}
                    <span className={styles.word}>{words[rating]}</span>
                  </span>
                  <ShareBar share={share} />
                  <span className={styles.note} title={exactNumber(share.count)}>
                    p75 of {shortNumber(share.count)}
                    {part !== null && part !== undefined && (
                      <span data-rating={scoreRating(part)}> · score {Math.round(part)}</span>
                    )}
                  </span>
                </>
              ) : (
                <span className={styles.note}>not measured</span>
              )}
            </button>
          );
        })}
      </div>
    </div>
  );
}
