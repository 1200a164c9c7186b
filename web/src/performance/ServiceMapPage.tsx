import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { PartialNotice } from "../design/PartialNotice";
import { SampledMark } from "../design/SampledMark";
import { Bones, Failure } from "../design/States";
import { useKeys } from "../design/useKeys";
import { useNarrow } from "../design/useNarrow";
import { NoSpans } from "../onboarding/NoSpans";
import { CallTree } from "./CallTree";
import { MapTable } from "./MapTable";
import { PerformanceTabs } from "./PerformanceTabs";
import { serviceMapQuery } from "./performanceQueries";
import { ServiceMap } from "./ServiceMap";
import styles from "./ServiceMapPage.module.css";

/** Who calls whom, how often and how well. */
export function ServiceMapPage() {
  const { org } = useParams({ from: "/inside/organizations/$org/performance/map" });
  const search = useSearch({ from: "/inside/organizations/$org/performance/map" });
  const navigate = useNavigate({ from: "/organizations/$org/performance/map" });
  const map = useQuery(serviceMapQuery(org, search));
  const narrow = useNarrow();
  // What another time or environment does not know is not chosen there.
  const chosen = map.data?.nodes.some((node) => node.id === search.node) ? search.node : undefined;
  const choose = (node: string | undefined) =>
    void navigate({ search: (old) => ({ ...old, node }), resetScroll: false });
  useKeys({ escape: () => search.node && choose(undefined) });

  return (
    <div className={styles.page}>
      <PerformanceTabs org={org}>{map.data?.sampled && <SampledMark />}</PerformanceTabs>
      <PartialNotice partial={map.data?.partial} />
      {map.isError && (
        <Failure what="The service map could not be read" error={map.error} retry={() => void map.refetch()} />
      )}
      {map.isPending && <Bones rows={8} height={60} />}
      {map.data && !map.isError && map.data.nodes.length === 0 && !map.data.partial && (
        <NoSpans org={org} scope={search} what="service" />
      )}
      {map.data && !map.isError && map.data.nodes.length > 0 && (
        <div className={styles.sides} data-stale={map.isPlaceholderData}>
          {!narrow && <ServiceMap map={map.data} chosen={chosen} choose={choose} />}
          {/* There is room for one of the two: the tree, or the calls of what was chosen in it. */}
          {narrow && !chosen && <CallTree map={map.data} choose={choose} />}
          <MapTable org={org} map={map.data} chosen={chosen} choose={choose} />
        </div>
      )}
    </div>
  );
}
