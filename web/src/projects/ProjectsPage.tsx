import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Ago } from "../design/Ago";
import { buttonLook } from "../design/Button";
import { Bones, Empty, Failure } from "../design/States";
import { platformOf } from "../onboarding/platforms";
import { PageHead } from "../settings/PageHead";
import styles from "../settings/Table.module.css";
import { useMay } from "../settings/useMay";
import { projectsQuery } from "../shell/organizations";

export function ProjectsPage() {
  const { org } = useParams({ from: "/inside/organizations/$org/settings" });
  const projects = useQuery(projectsQuery(org));
  const may = useMay(org);
  const create = may("project:write") && (
    <Link {...buttonLook({ look: "primary" })} to="/organizations/$org/projects/new" params={{ org }}>
      New project
    </Link>
  );
  return (
    <>
      <PageHead title="Projects" explain="One per application or service. Each has its own DSN." action={create} />
      {projects.isPending && <Bones rows={6} />}
      {projects.isError && (
        <Failure what="The projects could not be read" error={projects.error} retry={() => void projects.refetch()} />
      )}
      {projects.data?.length === 0 && <Empty title="No project yet">Create one to get a DSN.</Empty>}
      {projects.data && projects.data.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>Project</th>
                <th>Platform</th>
                <th>Teams</th>
                <th>First event</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {projects.data.map((project) => (
                <tr key={project.id}>
                  <td>
                    <Link to="/organizations/$org/settings/projects/$project" params={{ org, project: project.slug }}>
                      {project.slug}
                    </Link>
                  </td>
                  <td className={styles.small}>{platformOf(project.platform)?.name ?? project.platform ?? ""}</td>
                  <td className={styles.small}>{project.teams?.map((team) => team.slug).join(", ")}</td>
                  <td className={styles.small}>
                    {project.firstEvent ? (
                      <Ago at={project.firstEvent} suffix=" ago" />
                    ) : (
                      <Link to="/organizations/$org/projects/$project/start" params={{ org, project: project.slug }}>
                        Waiting: show how
                      </Link>
                    )}
                  </td>
                  <td className={styles.small}>
                    <Link to="/organizations/$org/issues" params={{ org }} search={{ project: [project.id] }}>
                      Issues
                    </Link>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
