import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Vital, VitalLimit, VitalPoint, VitalsReport } from "../api/performanceShapes";
import { ChartPanel } from "../design/ChartPanel";
import { percent } from "../design/format";
import { SampledMark } from "../design/SampledMark";
import type { TimePoint } from "../design/timeSeries";
import { useRowsBehind } from "../explore/useRowsBehind";
import { releaseMarksQuery } from "../releases/releaseMarks";
import { useZoom } from "../shell/useZoom";
import { durationColours } from "./durationColours";
import { pageLoadFields, pageLoads } from "./pageLoads";
import { vitalReleasesQuery } from "./performanceQueries";
import type { VitalsSearch } from "./performanceSearch";
import { VitalHistogram } from "./VitalHistogram";
import { showVitalReleases } from "./VitalReleases";
import styles from "./VitalsPage.module.css";
import { vitalMarks } from "./vitalMarks";
import { vitalFormat, vitalWords } from "./vitalText";

interface VitalChartsProps {
  org: string;
  search: VitalsSearch;
  report: VitalsReport;
  limits: readonly VitalLimit[];
  vital: Vital;
}

const column = (points: readonly VitalPoint[], index: 1 | 2 | 3 | 4): TimePoint[] =>
  points.map((point) => [point[0], point[index]]);

/** The p75 between the limits, and how many had it good, middling and poor. */
export function VitalCharts({ org, search, report, limits, vital }: VitalChartsProps) {
  const came = useQuery(releaseMarksQuery(org, search)).data;
  const changed = useQuery(vitalReleasesQuery(org, search)).data;
  const marks = useMemo(() => vitalMarks(came ?? [], changed?.releases ?? [], vital), [came, changed, vital]);
  const zoom = useZoom();
  const pick = useRowsBehind(pageLoads(vital, search.query), pageLoadFields(vital));
  const sampled = report.sampled && <SampledMark />;
  const points = report.series[vital];
  const limit = limits.find((one) => one.vital === vital);
  const { name } = vitalWords[vital];
  const { p75, shares, lines } = useMemo(() => {
    const known = points ?? [];
    return {
      p75: [{ name: "p75", colour: durationColours.p75, points: column(known, 1) }],
      shares: [
        { name: "good", colour: "--good", points: column(known, 2) },
        { name: "needs work", colour: "--warning", points: column(known, 3) },
        { name: "poor", colour: "--error", points: column(known, 4) },
      ],
      lines: limit && [
        { at: limit.good, colour: "--good" },
        { at: limit.poor, colour: "--error" },
      ],
    };
  }, [points, limit]);
  return (
    <div className={styles.charts}>
      <ChartPanel
        title={`${name}, p75`}
        note={sampled}
        series={p75}
        shape="line"
        format={vitalFormat(vital)}
        limits={lines}
        marks={marks}
        zoom={zoom}
        pick={pick}
        pickMark={showVitalReleases}
      />
      <ChartPanel
        title={`${name}, share of page loads`}
        note={sampled}
        series={shares}
        shape="stack"
        format={percent}
        ceiling={1}
        marks={marks}
        zoom={zoom}
        pick={pick}
        pickMark={showVitalReleases}
      />
      {limit && <VitalHistogram key={vital} org={org} search={search} vital={vital} limit={limit} />}
    </div>
  );
}
