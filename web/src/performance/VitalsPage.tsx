import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import { PartialNotice } from "../design/PartialNotice";
import { Segments } from "../design/Segments";
import { Bones, Empty, Failure } from "../design/States";
import { useKeys } from "../design/useKeys";
import { useVocabulary } from "../explore/useVocabulary";
import { NoSpans } from "../onboarding/NoSpans";
import { QueryBox, type QueryBoxHandle } from "../search/QueryBox";
import { inPeriod } from "../shell/scope";
import { ElementTable } from "./ElementTable";
import { PerformanceTabs } from "./PerformanceTabs";
import { vitalsQuery } from "./performanceQueries";
import type { VitalsSearch } from "./performanceSearch";
import { VitalCards } from "./VitalCards";
import { VitalCharts } from "./VitalCharts";
import { VitalReleases } from "./VitalReleases";
import styles from "./VitalsPage.module.css";
import { VitalTable } from "./VitalTable";
import { limitsOf } from "./vitalText";

const sentryLimits =
  "Sentry's limits: LCP 1.2 s, of phones 2.5 s. Each page load counts by those of its device; charts show those of most";

/** What visitors felt: the score and its parts, their course, and where they are worst. */
export function VitalsPage() {
  const { org } = useParams({ from: "/inside/organizations/$org/performance/vitals" });
  const search = useSearch({ from: "/inside/organizations/$org/performance/vitals" });
  const navigate = useNavigate({ from: "/organizations/$org/performance/vitals" });
  const { by = "page", vital = "lcp", thresholds = "google", query } = search;
  const report = useQuery(vitalsQuery(org, search, { by, query, thresholds }));
  const vocabulary = useVocabulary(org, search, "spans");
  const box = useRef<QueryBoxHandle>(null);
  const change = (part: Partial<VitalsSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...part }), resetScroll: false });
  useKeys({ "/": () => box.current?.focus() });

  const limits = useMemo(() => report.data && limitsOf(report.data.limits, report.data.phones), [report.data]);
  const nothing = report.data && Object.values(report.data.vitals).every((one) => one.count === 0);
  return (
    <div className={styles.page}>
      <PerformanceTabs org={org}>
        <span className={styles.limits} aria-hidden="true">
          Limits
        </span>
        <Segments
          aria-label="Limits of good and poor"
          data={[
            { value: "google", label: <span title="Google's limits: LCP 2.5 s, INP 200 ms, CLS 0.1">Google</span> },
            { value: "sentry", label: <span title={sentryLimits}>Sentry</span> },
          ]}
          value={thresholds}
          onChange={(value) => change({ thresholds: value === "sentry" ? "sentry" : undefined })}
        />
      </PerformanceTabs>
      <QueryBox
        ref={box}
        label="Search page loads"
        placeholder="Narrow page loads: browser.name:Safari, release:…"
        vocabulary={vocabulary}
        query={query ?? ""}
        search={(wanted) => change({ query: wanted || undefined })}
      />
      {report.isError && (
        <Failure what="The web vitals could not be read" error={report.error} retry={() => void report.refetch()} />
      )}
      {report.isPending && <Bones rows={8} height={60} />}
      {!report.isError && <PartialNotice partial={report.data?.partial} />}
      {nothing &&
        !report.data?.partial &&
        !report.isError &&
        (query ? (
          <Empty title="No page load matches">
            Nothing fits <code>{query}</code> {inPeriod(search)}. A longer time or fewer words may find more.
          </Empty>
        ) : (
          <NoSpans org={org} scope={search} what="page load" platform="javascript" />
        ))}
      {report.data && limits && !nothing && !report.isError && (
        <div className={styles.parts} data-stale={report.isPlaceholderData}>
          <VitalCards
            report={report.data}
            vital={vital}
            choose={(next) => change({ vital: next === "lcp" ? undefined : next })}
          />
          <VitalCharts org={org} search={search} report={report.data} limits={limits} vital={vital} />
          <VitalTable
            org={org}
            rows={report.data.rows}
            more={report.data.more_rows}
            by={by}
            vital={vital}
            query={query}
            splitBy={(next) => change({ by: next === "page" ? undefined : next })}
          />
          <VitalReleases org={org} search={search} vital={vital} />
          <ElementTable org={org} elements={report.data.elements} query={query} />
        </div>
      )}
    </div>
  );
}
