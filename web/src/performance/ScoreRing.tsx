import type { VitalsReport } from "../api/performanceShapes";
import styles from "./ScoreRing.module.css";
import { scoreRating, vitalWords } from "./vitalText";

const radius = 52;
const around = 2 * Math.PI * radius;
const gap = 4;

/** The score of a hundred. Each vital has an arc as long as its weight, filled as far as its own score goes. */
export function ScoreRing({ score, limits }: Pick<VitalsReport, "score" | "limits">) {
  const { total } = score;
  const parts = limits.map(({ vital, weight }) => ({ vital, score: score[vital], weight }));
  const weights = parts.reduce((sum, part) => sum + part.weight, 0);
  let before = 0;
  const arcs = parts.map((part) => {
    const start = (before / weights) * around;
    const length = (part.weight / weights) * around - gap;
    before += part.weight;
    return { ...part, start, length };
  });
  const label = total === null ? "No score yet" : `Score ${Math.round(total)} of 100`;
  return (
    <svg className={styles.ring} viewBox="0 0 128 128" role="img" aria-label={label}>
      {arcs.map(({ vital, score: own, start, length }) => (
        <g key={vital} className={styles.arc} data-rating={own === null ? undefined : scoreRating(own)}>
          <title>{`${vitalWords[vital].name}: ${own === null ? "not measured" : Math.round(own)}`}</title>
          <circle cx="64" cy="64" r={radius} strokeDasharray={`${length} ${around}`} strokeDashoffset={-start} />
          {own !== null && (
            <circle
              className={styles.filled}
              cx="64"
              cy="64"
              r={radius}
              strokeDasharray={`${(length * own) / 100} ${around}`}
              strokeDashoffset={-start}
            />
          )}
        </g>
      ))}
      <text x="64" y="70" className={styles.total}>
        {total === null ? "–" : Math.round(total)}
      </text>
      <text x="64" y="87" className={styles.word}>
        score
      </text>
    </svg>
  );
}
