import { useQuery } from "@tanstack/react-query";
import { PartialNotice } from "../design/PartialNotice";
import { Segments } from "../design/Segments";
import { Bones, Failure } from "../design/States";
import { releaseMarksQuery } from "../releases/releaseMarks";
import styles from "./CompareSection.module.css";
import { ComparisonTable } from "./ComparisonTable";
import { PartHead } from "./Part";
import { comparisonQuery, releasesQuery } from "./performanceQueries";
import type { TransactionSearch } from "./performanceSearch";
import { ReleaseChoice } from "./ReleaseChoice";
import { lastTwo, versionsOf } from "./versions";

interface CompareSectionProps {
  org: string;
  search: TransactionSearch;
  change: (part: Partial<TransactionSearch>) => void;
}

/**
 * One release against another, the two newest that it ran in unless the URL names others; or the chosen time against
 * as long a time before it, which is also what there is with fewer than two releases.
 */
export function CompareSection({ org, search, change }: CompareSectionProps) {
  const marks = useQuery(releaseMarksQuery(org, search));
  const ran = useQuery(releasesQuery(org, search));
  const versions = versionsOf(ran.data ?? [], marks.data ?? [], [search.a, search.b]);
  const waits = marks.isPending || ran.isPending;
  const [before, after] = lastTwo(versions);
  const a = search.a ?? before ?? "";
  const b = search.b ?? after ?? "";
  const byTime = search.against === "time" || (!waits && versions.length < 2);
  const wanted = byTime || (!waits && a !== "" && b !== "" && a !== b);
  const comparison = useQuery({
    ...comparisonQuery(org, search, byTime ? undefined : { a, b }),
    enabled: wanted,
  });
  return (
    <section id="compare" className={styles.section} aria-label="Compare">
      <PartHead
        title="Compare"
        note={
          versions.length < 2 && byTime && "with as long a time before; releases, when it ran in two in the chosen time"
        }
        action={
          versions.length > 1 && (
            <>
              <Segments
                aria-label="Compare by"
                data={[
                  { value: "releases", label: "Releases" },
                  { value: "time", label: "Time before" },
                ]}
                value={byTime ? "time" : "releases"}
                onChange={(value) => change({ against: value === "time" ? "time" : undefined })}
              />
              {!byTime && <ReleaseChoice versions={versions} a={a} b={b} change={change} />}
            </>
          )
        }
      />
      {!byTime && versions.length > 1 && !wanted && <p className={styles.word}>Choose two different releases.</p>}
      {(wanted ? comparison.isPending : waits) && <Bones rows={10} height={31} />}
      {comparison.isError && (
        <Failure what="They could not be compared" error={comparison.error} retry={() => void comparison.refetch()} />
      )}
      {wanted && comparison.data && !comparison.isError && (
        <>
          <PartialNotice partial={comparison.data.a.summary.partial || comparison.data.b.summary.partial} />
          <ComparisonTable
            a={byTime ? "the time before" : a}
            b={byTime ? "the chosen time" : b}
            comparison={comparison.data}
            stale={comparison.isPlaceholderData}
          />
        </>
      )}
    </section>
  );
}
