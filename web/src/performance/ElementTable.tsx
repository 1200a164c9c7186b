import type { VitalElement } from "../api/performanceShapes";
import { Count } from "../design/Count";
import { ExploreLink } from "../explore/ExploreLink";
import { PartHead } from "./Part";
import { pageLoadFields, pageLoadsAt } from "./pageLoads";
import rows from "./Rows.module.css";
import { ShareBar } from "./ShareBar";
import styles from "./VitalTable.module.css";
import { shareRating, vitalFormat, vitalWords } from "./vitalText";

const parts = {
  lcp: "painted last",
  cls: "shifted",
  inp: "was used",
  fcp: "painted first",
  ttfb: "",
} as const;

interface ElementTableProps {
  org: string;
  elements: readonly VitalElement[];
  /** What the page loads were narrowed to. */
  query: string | undefined;
}

/** Which element on the page each vital was about. */
export function ElementTable({ org, elements, query }: ElementTableProps) {
  return (
    <section aria-label="Elements">
      <PartHead title="Elements" note="what was painted last, what shifted, what was slow to answer" />
      {elements.length === 0 && <p className={rows.dim}>The page loads name no elements.</p>}
      {elements.length > 0 && (
        <div className={rows.scroll}>
          <table className={rows.table}>
            <thead>
              <tr>
                <th>Vital</th>
                <th className={rows.wide}>Element</th>
                <th className={rows.number}>Count</th>
                <th className={`${styles.share} ${rows.extra}`}>Shares</th>
                <th className={rows.number}>p75</th>
              </tr>
            </thead>
            <tbody>
              {elements.map(({ vital, element, measured }) => (
                <tr key={`${vital} ${element}`}>
                  <td>
                    {vitalWords[vital].name} <span className={rows.dim}>{parts[vital]}</span>
                  </td>
                  <td className={`${rows.wide} ${rows.mono}`} title={element}>
                    <ExploreLink
                      org={org}
                      ask={{
                        mode: "samples",
                        query: pageLoadsAt(vital, element, query),
                        field: pageLoadFields(vital),
                      }}
                    >
                      {element}
                    </ExploreLink>
                  </td>
                  <td className={rows.number}>
                    <Count value={measured.count} />
                  </td>
                  <td className={`${styles.share} ${rows.extra}`}>
                    <ShareBar share={measured} />
                  </td>
                  <td className={`${rows.number} ${styles.rated}`} data-rating={shareRating(measured)}>
                    {measured.p75 !== null && vitalFormat(vital)(measured.p75)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
