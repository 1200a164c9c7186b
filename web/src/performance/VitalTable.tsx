import type { Vital, VitalRow } from "../api/performanceShapes";
import { CopyButton } from "../design/Copy";
import { Count } from "../design/Count";
import { Segments } from "../design/Segments";
import { PartHead } from "./Part";
import { splits, type VitalSplit } from "./performanceSearch";
import rows from "./Rows.module.css";
import { ShareBar } from "./ShareBar";
import { SplitName } from "./SplitName";
import styles from "./VitalTable.module.css";
import { vitalCsv } from "./vitalCsv";
import { scoreRating, shareRating, vitalFormat, vitalOrder, vitalWords } from "./vitalText";

interface VitalTableProps {
  org: string;
  rows: readonly VitalRow[];
  /** Whether there are others with fewer page loads. */
  more: boolean;
  by: VitalSplit;
  vital: Vital;
  /** What the page loads were narrowed to. */
  query: string | undefined;
  splitBy: (by: VitalSplit) => void;
}

const labels: Record<VitalSplit, string> = {
  page: "Page",
  browser: "Browser",
  device: "Device",
  connection: "Connection",
  country: "Country",
  release: "Release",
};

/** Where visitors had it worst. Opportunity: by how many points the score of all rises when this line becomes perfect. */
export function VitalTable({ org, rows: lines, more, by, vital, query, splitBy }: VitalTableProps) {
  return (
    <section aria-label="Split">
      <PartHead
        title="Where it is felt"
        action={
          <>
            <CopyButton what="CSV" text={() => vitalCsv(by, lines)} />
            <div className={styles.splits}>
              <Segments
                aria-label="Split by"
                data={splits.map((value) => ({ value, label: labels[value] }))}
                value={by}
                onChange={(value) => splitBy(value as VitalSplit)}
              />
            </div>
          </>
        }
      />
      {lines.length === 0 && <p className={rows.dim}>No page load says its {labels[by].toLowerCase()}.</p>}
      {lines.length > 0 && (
        <div className={rows.scroll}>
          <table className={rows.table}>
            <thead>
              <tr>
                <th className={rows.wide}>{labels[by]}</th>
                <th className={rows.number}>Page loads</th>
                {vitalOrder.map((one) => (
                  <th key={one} className={`${rows.number} ${one === vital ? "" : rows.extra}`}>
                    {vitalWords[one].name}
                  </th>
                ))}
                <th className={`${styles.share} ${rows.extra}`}>{vitalWords[vital].name} shares</th>
                <th className={rows.number}>Score</th>
                <th className={rows.number} title="Points the score of all would gain if this line were perfect">
                  Opportunity
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={`${line.project} ${line.name}`}>
                  <td className={rows.wide} title={line.name}>
                    <span className={rows.line}>
                      <SplitName org={org} by={by} line={line} vital={vital} query={query} />
                      {line.project && <span className={rows.dim}>{line.project}</span>}
                    </span>
                  </td>
                  <td className={rows.number}>
                    <Count value={line.count} />
                  </td>
                  {vitalOrder.map((one) => (
                    <Cell key={one} line={line} vital={one} extra={one !== vital} />
                  ))}
                  <td className={`${styles.share} ${rows.extra}`}>
                    {line[vital].count > 0 && <ShareBar share={line[vital]} />}
                  </td>
                  <td
                    className={`${rows.number} ${styles.rated}`}
                    data-rating={line.score === null ? undefined : scoreRating(line.score)}
                  >
                    {line.score === null ? "" : Math.round(line.score)}
                  </td>
                  <td className={rows.number}>{line.opportunity.toFixed(1)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more && <p className={rows.dim}>The {lines.length} with the most page loads.</p>}
    </section>
  );
}

interface CellProps {
  line: VitalRow;
  vital: Vital;
  extra: boolean;
}

function Cell({ line, vital, extra }: CellProps) {
  const share = line[vital];
  return (
    <td className={`${rows.number} ${styles.rated} ${extra ? rows.extra : ""}`} data-rating={shareRating(share)}>
      {share.p75 === null ? "" : vitalFormat(vital)(share.p75)}
    </td>
  );
}
