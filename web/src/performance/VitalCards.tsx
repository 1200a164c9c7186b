import type { Vital, VitalLimit, VitalsReport } from "../api/performanceShapes";
import { exactNumber, shortNumber } from "../design/format";
import { ScoreRing } from "./ScoreRing";
import { ShareBar } from "./ShareBar";
import styles from "./VitalCards.module.css";
import { ratingOf, ratingWords, scoreRating, vitalFormat, vitalOrder, vitalWords } from "./vitalText";

interface VitalCardsProps {
  report: VitalsReport;
  /** Those that each p75 is held against. */
  limits: readonly VitalLimit[];
  vital: Vital;
  choose: (vital: Vital) => void;
}

/** The score as a ring of its parts, and each vital with what three of four visitors had at most. */
export function VitalCards({ report, limits, vital, choose }: VitalCardsProps) {
  return (
    <div className={styles.cards}>
      <ScoreRing score={report.score} limits={limits} />
      <div className={styles.vitals} role="group" aria-label="Vital shown in the charts">
        {vitalOrder.map((one) => {
          const share = report.vitals[one];
          const rating = ratingOf(one, share.p75, limits);
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
