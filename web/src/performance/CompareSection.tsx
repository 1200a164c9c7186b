import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Bones, Failure } from "../design/States";
import { releaseMarksQuery } from "../releases/releaseMarks";
import styles from "./CompareSection.module.css";
import { ComparisonTable } from "./ComparisonTable";
import { PartHead } from "./Part";
import { comparisonQuery } from "./performanceQueries";
import type { TransactionSearch } from "./performanceSearch";
import { lastTwo, versionsOf } from "./versions";

interface CompareSectionProps {
  org: string;
  search: TransactionSearch;
  change: (part: Partial<TransactionSearch>) => void;
}

/** One release against another, the two newest of the chosen time unless the URL names others. */
export function CompareSection({ org, search, change }: CompareSectionProps) {
  const marks = useQuery(releaseMarksQuery(org, search)).data;
  const versions = versionsOf(marks ?? [], [search.a, search.b]);
  const [before, after] = lastTwo(versions);
  const a = search.a ?? before ?? "";
  const b = search.b ?? after ?? "";
  const wanted = a !== "" && b !== "" && a !== b;
  const comparison = useQuery({ ...comparisonQuery(org, search, a, b), enabled: wanted });
  return (
    <section id="compare" className={styles.section} aria-label="Compare releases">
      <PartHead
        title="Compare releases"
        action={
          versions.length > 1 && (
            <div className={styles.choice}>
              <Select
                aria-label="Release before"
                data={versions}
                value={a}
                onChange={(value) => change({ a: value ?? undefined })}
                searchable
              />
              <span className={styles.arrow} aria-hidden="true">
                →
              </span>
              <Select
                aria-label="Release after"
                data={versions}
                value={b}
                onChange={(value) => change({ b: value ?? undefined })}
                searchable
              />
            </div>
          )
        }
      />
      {marks && versions.length < 2 && (
        <p className={styles.word}>
          {versions.length === 0 ? "No release" : "Only one release"} is in the chosen time. A longer time may have two.
        </p>
      )}
      {versions.length > 1 && !wanted && <p className={styles.word}>Choose two different releases.</p>}
      {wanted && comparison.isPending && <Bones rows={7} height={30} />}
      {comparison.isError && (
        <Failure
          what="The releases could not be compared"
          error={comparison.error}
          retry={() => void comparison.refetch()}
        />
      )}
      {wanted && comparison.data && !comparison.isError && (
        <ComparisonTable a={a} b={b} comparison={comparison.data} stale={comparison.isPlaceholderData} />
      )}
    </section>
  );
}
