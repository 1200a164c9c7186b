import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { buttonLook } from "../design/Button";
import { Bones, Empty, Failure } from "../design/States";
import { projectsQuery } from "../shell/organizations";
import { inPeriod } from "../shell/scope";
import type { ListSearch } from "./listSearch";

const DsnLine = lazy(() => import("../onboarding/DsnLine").then((module) => ({ default: module.DsnLine })));

interface ListStatesProps {
  org: string;
  list: Pick<UseInfiniteQueryResult, "isPending" | "isError" | "error" | "refetch">;
  rows: number;
  search: ListSearch;
}

/** What stands in place of the rows: bones, a failure, or why there is nothing and what to do. */
export function ListStates({ org, list, rows, search }: ListStatesProps) {
  const projects = useQuery(projectsQuery(org)).data;
  if (rows > 0) {
    return null;
  }
  if (list.isPending) {
    return <Bones rows={20} />;
  }
  if (list.isError) {
    return <Failure what="The issues could not be read" error={list.error} retry={() => void list.refetch()} />;
  }
  const waiting = projects?.filter(
    (project) => !project.firstEvent && (!search.project || search.project.includes(project.id)),
  );
  const first = waiting?.[0];
  if (projects && projects.length === 0) {
    return (
      <Empty
        title="No project yet"
        action={
          <Link {...buttonLook({ look: "primary" })} to="/organizations/$org/projects/new" params={{ org }}>
            Create a project
          </Link>
        }
      >
        A project holds the errors of one application and has its own DSN.
      </Empty>
    );
  }
  if (first && waiting?.length === (search.project?.length ?? projects?.length)) {
    return (
      <Empty
        title={`${first.slug} is waiting for its first event`}
        action={
          <Link
            {...buttonLook({ look: "primary" })}
            to="/organizations/$org/projects/$project/start"
            params={{ org, project: first.slug }}
          >
            Show how to send one
          </Link>
        }
      >
        <p>Put the project's DSN into any Sentry SDK. The first error is on this page a moment after it was sent.</p>
        <Suspense>
          <DsnLine org={org} project={first.slug} />
        </Suspense>
      </Empty>
    );
  }
  const where = search.project || search.environment ? " in the chosen projects and environments" : "";
  if (search.query === undefined) {
    return (
      <Empty title="Nothing unresolved">
        No open issue{where} had an event {inPeriod(search)}. New ones appear here by themselves.
      </Empty>
    );
  }
  return (
    <Empty title="No issue matches">
      Nothing{where}{" "}
      {search.query ? (
        <>
          fits <code>{search.query}</code>
        </>
      ) : (
        "happened"
      )}{" "}
      {inPeriod(search)}. A longer time or fewer words may find more.
    </Empty>
  );
}
