import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Vital, VitalLimit } from "../api/performanceShapes";
import { HistogramView } from "../design/HistogramView";
import type { HistogramBucket } from "../design/histogram";
import { PartialNotice } from "../design/PartialNotice";
import { SampledMark } from "../design/SampledMark";
import { ExploreLink } from "../explore/ExploreLink";
import { HistogramForms } from "./HistogramForms";
import { HistogramTable } from "./HistogramTable";
import { Part } from "./Part";
import { pageLoadFields, pageLoadsWithin } from "./pageLoads";
import { vitalHistogramQuery } from "./performanceQueries";
import type { VitalsSearch } from "./performanceSearch";
import { ratingOf, vitalFormat, vitalWords } from "./vitalText";

interface VitalHistogramProps {
  org: string;
  search: VitalsSearch;
  vital: Vital;
  limit: VitalLimit;
}

/** How a vital is spread, in the colours of its limits; what is chosen leads to those page loads. */
export function VitalHistogram({ org, search, vital, limit }: VitalHistogramProps) {
  const { query } = search;
  const buckets = useQuery(vitalHistogramQuery(org, search, vital, limit, query));
  const [table, setTable] = useState(false);
  const [chosen, setChosen] = useState<{ from: number; to: number }>();
  return (
    <Part
      title={`${vitalWords[vital].name}, page loads by value`}
      action={
        buckets.data && (
          <>
            {buckets.data.marks.sampled && <SampledMark />}
            <HistogramForms
              label={`${vitalWords[vital].name} of page loads`}
              buckets={buckets.data.buckets}
              unit={vital === "cls" ? "" : " ms"}
              table={table}
              show={setTable}
            />
          </>
        )
      }
      query={buckets}
      rows={4}
      isEmpty={(all) => all.buckets.every((one) => one.count === 0) && !all.marks.partial}
      empty="Nothing in this time."
    >
      {({ buckets: all, marks }) => (
        <>
          <PartialNotice partial={marks.partial} />
          {table ? (
            <HistogramTable
              buckets={all}
              measure={vitalWords[vital].name}
              counted="Page loads"
              format={vitalFormat(vital)}
            />
          ) : (
            <HistogramView
              label={`${vitalWords[vital].name} of page loads`}
              buckets={all}
              format={vitalFormat(vital)}
              tone={(bucket: HistogramBucket) => ratingOf(vital, bucket.to, [limit])}
              chosen={chosen}
              choose={setChosen}
              hint="Draw over the bars to choose page loads"
            />
          )}
          {chosen && (
            <ExploreLink
              org={org}
              ask={{ mode: "samples", query: pageLoadsWithin(vital, chosen, query), field: pageLoadFields(vital) }}
            >
              Show these page loads
            </ExploreLink>
          )}
        </>
      )}
    </Part>
  );
}
