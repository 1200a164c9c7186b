import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { buttonLook } from "../design/Button";
import { Failure } from "../design/States";
import { keysQuery, projectQuery } from "../projects/projectQueries";
import { DsnLine } from "./DsnLine";
import { PlatformPicker } from "./PlatformPicker";
import { platformOf } from "./platforms";
import { SnippetBlock } from "./SnippetBlock";
import styles from "./StartPage.module.css";
import { useFirstIssue } from "./useFirstIssue";

const here = "/inside/organizations/$org/projects/$project/start";

/** From nothing to the first event: what to paste, with the DSN of this project, and a light that goes on when it works. */
export function StartPage() {
  const { org, project: slug } = useParams({ from: here });
  const { platform: asked } = useSearch({ from: here });
  const navigate = useNavigate();
  const project = useQuery(projectQuery(org, slug));
  const keys = useQuery(keysQuery(org, slug));
  const first = useFirstIssue(org, project.data);
  const dsn = keys.data?.find((key) => key.isActive)?.dsn.public;
  const platform = platformOf(asked ?? project.data?.platform);

  if (project.isError || keys.isError) {
    const retry = () => void Promise.all([project.refetch(), keys.refetch()]);
    return <Failure what="The project could not be read" error={project.error ?? keys.error} retry={retry} />;
  }
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>Send the first event to {slug}</h1>
      <DsnLine org={org} project={slug} />
      {keys.data && !dsn && (
        <p className={styles.hint}>
          Every key of this project is switched off.{" "}
          <Link
            to="/organizations/$org/settings/projects/$project"
            params={{ org, project: slug }}
            search={{ tab: "keys" }}
          >
            Go to its keys
          </Link>
        </p>
      )}
      <div className={styles.wait} data-found={first !== undefined} role="status">
        <span className={styles.light} />
        {first ? (
          <>
            <span className={styles.found}>
              The first event is here: <b>{first.title}</b>
            </span>
            <Link
              {...buttonLook({ look: "primary" })}
              to="/organizations/$org/issues/$issueId"
              params={{ org, issueId: first.id }}
            >
              Open the issue
            </Link>
          </>
        ) : (
          "Waiting for the first event. This page notices it by itself."
        )}
      </div>
      <PlatformPicker
        chosen={platform?.id}
        choose={(id) => void navigate({ to: ".", search: { platform: id }, replace: true })}
      />
      {platform && dsn && (
        <div className={styles.steps}>
          {platform.steps(dsn).map((snippet) => (
            <SnippetBlock key={snippet.where} snippet={snippet} />
          ))}
        </div>
      )}
    </div>
  );
}
