import type { VitalElement, VitalLimit } from "../api/performanceShapes";
import { Count } from "../design/Count";
import { PartHead } from "./Part";
import rows from "./Rows.module.css";
import styles from "./VitalTable.module.css";
import { ratingOf, vitalFormat, vitalWords } from "./vitalText";

const parts = {
  lcp: "painted last",
  cls: "shifted",
  inp: "was used",
  fcp: "painted first",
  ttfb: "",
} as const;

interface ElementTableProps {
  elements: readonly VitalElement[];
  limits: readonly VitalLimit[];
}

/** Which element on the page each vital was about. */
export function ElementTable({ elements, limits }: ElementTableProps) {
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
                <th className={rows.number}>p75</th>
              </tr>
            </thead>
            <tbody>
              {elements.map(({ vital, element, count, p75 }) => (
                <tr key={`${vital} ${element}`}>
                  <td>
                    {vitalWords[vital].name} <span className={rows.dim}>{parts[vital]}</span>
                  </td>
                  <td className={`${rows.wide} ${rows.mono}`} title={element}>
                    {element}
                  </td>
                  <td className={rows.number}>
                    <Count value={count} />
                  </td>
                  <td className={`${rows.number} ${styles.rated}`} data-rating={ratingOf(vital, p75, limits)}>
                    {vitalFormat(vital)(p75)}
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
