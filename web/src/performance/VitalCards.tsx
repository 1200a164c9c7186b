import type { Vital, VitalsReport } from "../api/performanceShapes";
import { exactNumber, shortNumber } from "../design/format";
import { ScoreRing } from "./ScoreRing";
import { ShareBar } from "./ShareBar";
import styles from "./VitalCards.module.css";
import { ratingWords, scoreRating, shareRating, vitalFormat, vitalOrder, vitalWords } from "./vitalText";

interface VitalCardsProps {
  report: VitalsReport;
  vital: Vital;
  choose: (vital: Vital) => void;
}

/** The score as a ring of its parts, and each vital with what three of four visitors had at most. */
export function VitalCards({ report, vital, choose }: VitalCardsProps) {
  return (
    <div className={styles.cards}>
      <ScoreRing score={report.score} limits={report.limits} />
      <div className={styles.vitals} role="group" aria-label="Vital shown in the charts">
        {vitalOrder.map((one) => {
          const share = report.vitals[one];
          const rating = shareRating(share);
          const part = report.score[one];
          return (
            <button
              key={one}
              type="button"
              aria-pressed={one === vital}
              className={styles.card}
              title={vitalWords[one].full}
              onClick={() => choose(one)}
            >
              <span className={styles.name}>{vitalWords[one].name}</span>
              {share.p75 !== null ? (
                <>
                  <span className={styles.value} data-rating={rating}>
                    {vitalFormat(one)(share.p75)}
                    <span className={styles.word}>{rating && ratingWords[rating]}</span>
                  </span>
                  <ShareBar share={share} />
                  <span className={styles.note} title={exactNumber(share.count)}>
                    p75 of {shortNumber(share.count)}
                    {part !== null && <span data-rating={scoreRating(part)}> · score {Math.round(part)}</span>}
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
