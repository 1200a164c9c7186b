import { useQuery } from "@tanstack/react-query";
import type { Vital, VitalChange } from "../api/performanceShapes";
import { Count } from "../design/Count";
import { PartialNotice } from "../design/PartialNotice";
import { SampledMark } from "../design/SampledMark";
import { ExploreLink } from "../explore/ExploreLink";
import { Change } from "./Change";
import { Part } from "./Part";
import { pageLoadFields, pageLoadsOf } from "./pageLoads";
import { vitalReleasesQuery } from "./performanceQueries";
import type { VitalsSearch } from "./performanceSearch";
import rows from "./Rows.module.css";
import { changeText } from "./vitalMarks";
import { vitalFormat, vitalOrder, vitalWords } from "./vitalText";

interface VitalReleasesProps {
  org: string;
  search: VitalsSearch;
  vital: Vital;
}

const place = "vitals-by-release";

/** Where a release stands beside the one before it. */
export const showVitalReleases = () => document.getElementById(place)?.scrollIntoView({ block: "center" });

/** What each release did to the vitals, by its own page loads and those of the release before it. */
export function VitalReleases({ org, search, vital }: VitalReleasesProps) {
  const answer = useQuery(vitalReleasesQuery(org, search));
  return (
    <div id={place}>
      <Part
        title="Releases"
        note="p75 of each against the one before it; a change is shown where it is no chance"
        action={answer.data?.sampled && <SampledMark />}
        query={answer}
        rows={3}
        isEmpty={({ releases, partial }) => releases.every(({ before }) => before === null) && !partial}
        empty="No two releases have enough page loads in this time to be compared."
      >
        {({ releases, partial }) => (
          <>
            <PartialNotice partial={partial} />
            <div className={rows.scroll}>
              <table className={rows.table}>
                <thead>
                  <tr>
                    <th className={rows.wide}>Release</th>
                    <th className={rows.extra}>Before it</th>
                    <th className={rows.number}>Page loads</th>
                    {vitalOrder.map((one) => (
                      <th key={one} className={`${rows.number} ${one === vital ? "" : rows.extra}`}>
                        {vitalWords[one].name}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {releases
                    .filter(({ before }) => before !== null)
                    .map((release) => (
                      <tr key={`${release.project} ${release.version}`}>
                        <td className={rows.wide} title={release.version}>
                          <span className={rows.line}>
                            <ExploreLink
                              org={org}
                              ask={{
                                mode: "samples",
                                query: pageLoadsOf("release", release.version, vital, search.query),
                                field: pageLoadFields(vital),
                              }}
                            >
                              {release.version}
                            </ExploreLink>
                            <span className={rows.dim}>{release.project}</span>
                          </span>
                        </td>
                        <td className={`${rows.dim} ${rows.extra}`}>{release.before}</td>
                        <td className={rows.number}>
                          <Count value={release.count} />
                        </td>
                        {vitalOrder.map((one) => (
                          <td
                            key={one}
                            className={`${rows.number} ${one === vital ? "" : rows.extra}`}
                            title={changeText(one, release[one])}
                          >
                            <Changed vital={one} changed={release[one]} />
                          </td>
                        ))}
                      </tr>
                    ))}
                </tbody>
              </table>
            </div>
          </>
        )}
      </Part>
    </div>
  );
}

/** Only what is no chance has a colour. */
function Changed({ vital, changed: { p75, before, change } }: { vital: Vital; changed: VitalChange }) {
  if (p75 === null) {
    return null;
  }
  return (
    <>
      {vitalFormat(vital)(p75)}{" "}
      {before !== null && (change === "worse" || change === "better") && (
        <Change ratio={p75 / before} what={`${vitalWords[vital].name} against the release before`} />
      )}
    </>
  );
}
