import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { api } from "../api/client";
import type { ProjectDetail } from "../api/shapes";
import { Bones, Failure } from "../design/States";
import { PageHead } from "../settings/PageHead";
import { useSave } from "../settings/useSave";
import { projectsQuery } from "../shell/organizations";
import { FilterSettings } from "./FilterSettings";
import { GeneralSettings } from "./GeneralSettings";
import { KeySettings } from "./KeySettings";
import { PerformanceSettings } from "./PerformanceSettings";
import styles from "./ProjectPage.module.css";
import { projectQuery } from "./projectQueries";
import type { ProjectTab } from "./projectSearch";
import { ScrubbingSettings } from "./ScrubbingSettings";

const here = "/inside/organizations/$org/settings/projects/$project";
const tabs: [ProjectTab | undefined, string][] = [
  [undefined, "General"],
  ["keys", "Keys and DSN"],
  ["filters", "Inbound filters"],
  ["scrubbing", "Data scrubbing"],
  ["performance", "Performance"],
];

export function ProjectPage() {
  const { org, project: slug } = useParams({ from: here });
  const { tab } = useSearch({ from: here });
  const project = useQuery(projectQuery(org, slug));
  const queries = useQueryClient();
  const navigate = useNavigate();
  const save = useSave<ProjectDetail>(async (patch) => {
    const changed = await api.put<ProjectDetail>(`projects/${org}/${slug}/`, patch);
    void queries.invalidateQueries({ queryKey: projectsQuery(org).queryKey });
    queries.setQueryData(projectQuery(org, changed.slug).queryKey, changed);
    if (changed.slug !== slug) {
      await navigate({
        to: "/organizations/$org/settings/projects/$project",
        params: { org, project: changed.slug },
        replace: true,
      });
    }
  });
  if (project.isError) {
    return <Failure what="The project could not be read" error={project.error} retry={() => void project.refetch()} />;
  }
  if (!project.data) {
    return <Bones rows={6} height={56} />;
  }
  return (
    <>
      <PageHead
        title={project.data.name}
        action={
          <Link to="/organizations/$org/projects/$project/start" params={{ org, project: slug }}>
            How to send events
          </Link>
        }
      />
      <nav className={styles.tabs} aria-label="Settings of the project">
        {tabs.map(([value, label]) => (
          <Link
            key={label}
            to="."
            search={(old) => ({ ...old, tab: value })}
            className={styles.tab}
            activeOptions={{ exact: true, includeSearch: true }}
          >
            {label}
          </Link>
        ))}
      </nav>
      {tab === undefined && <GeneralSettings org={org} project={project.data} save={save} />}
      {tab === "keys" && <KeySettings org={org} project={slug} />}
      {tab === "filters" && <FilterSettings org={org} project={project.data} save={save} />}
      {tab === "scrubbing" && <ScrubbingSettings org={org} project={project.data} save={save} />}
      {tab === "performance" && <PerformanceSettings org={org} project={project.data} save={save} />}
    </>
  );
}
