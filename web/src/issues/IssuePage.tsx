import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Suspense, useEffect, useState } from "react";
import { ApiError } from "../api/errors";
import { useLive } from "../api/live";
import { useNotice } from "../design/Notices";
import { Bones, Empty, Failure } from "../design/States";
import { useCopy } from "../design/useCopy";
import { useKeys } from "../design/useKeys";
import { EventBody } from "../events/EventBody";
import { eventQuery } from "../events/eventQueries";
import { keepScope } from "../shell/scope";
import { ActivityTab } from "./ActivityTab";
import type { AssignRequest } from "./AssignDialog";
import { AssignDialog } from "./dialogs";
import { EventNavigator } from "./EventNavigator";
import { EventsTab } from "./EventsTab";
import { IssueChart } from "./IssueChart";
import { IssueHead } from "./IssueHead";
import styles from "./IssuePage.module.css";
import { IssueSide } from "./IssueSide";
import { IssueTabs } from "./IssueTabs";
import { issueQuery } from "./issueQueries";
import { MergedTab } from "./MergedTab";
import { issueAsMarkdown } from "./markdown";
import { TagsTab } from "./TagsTab";
import { useIssueActions } from "./useIssueActions";

const here = "/inside/organizations/$org/issues/$issueId";

export function IssuePage() {
  const { org, issueId } = useParams({ from: here });
  const search = useSearch({ from: here });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const notice = useNotice();
  const { copy } = useCopy();
  const actions = useIssueActions(org);
  const [assigning, setAssigning] = useState<AssignRequest>();
  const [newer, setNewer] = useState(0);

  const issue = useQuery(issueQuery(org, issueId));
  const event = useQuery(eventQuery(org, issueId, search.event ?? "recommended", search.environment));
  const { previousEventID, nextEventID } = event.data ?? {};

  // The neighbours are fetched ahead, so that stepping through events never waits.
  useEffect(() => {
    for (const id of [previousEventID, nextEventID]) {
      if (id) {
        void queries.prefetchQuery(eventQuery(org, issueId, id, search.environment));
      }
    }
  }, [queries, org, issueId, previousEventID, nextEventID, search.environment]);

  // The address of an issue that was merged leads to where it went; the page says so itself.
  const movedTo = issue.data && /^\d+$/.test(issueId) && issue.data.id !== issueId ? issue.data : undefined;
  useEffect(() => {
    if (movedTo) {
      notice({ text: `The issue was merged into ${movedTo.shortId}` });
      void navigate({ to: ".", params: { org, issueId: movedTo.id }, search: true, replace: true });
    }
  }, [movedTo, notice, navigate, org]);

  // One event may be several news (counted, come back); only the counting ones stand for events.
  useLive(org, { issue: (change) => change.issueId === issue.data?.id && setNewer((count) => count + change.count) });

  const goTo = (id: string | null | undefined) =>
    id && void navigate({ to: ".", search: (old) => ({ ...old, event: id, tab: undefined }), replace: true });
  const back = () => navigate({ to: "/organizations/$org/issues", params: { org }, search: keepScope });
  const markdown = () => (issue.data ? issueAsMarkdown(issue.data, event.data, window.location.href) : "");
  const act: Parameters<typeof IssueHead>[0]["act"] = (change, done) =>
    issue.data && actions.change([issue.data], change, done);

  useKeys({
    "[": () => goTo(previousEventID),
    "]": () => goTo(nextEventID),
    u: () => void back(),
    e: () =>
      issue.data?.status === "unresolved"
        ? act({ status: "resolved", statusDetails: {} }, "resolved")
        : act({ status: "unresolved", statusDetails: {}, substatus: "ongoing" }, "reopened"),
    m: () => act({ status: "ignored", substatus: "archived_until_escalating" }, "archived until it escalates"),
    a: () => issue.data && setAssigning({ issues: [issue.data] }),
    c: () => void copy(markdown).then(() => notice({ text: "Copied as Markdown" })),
  });

  if (issue.error instanceof ApiError && issue.error.status === 404) {
    return (
      <Empty title="This issue is not here">
        It was deleted, its time is over, or it belongs to a project that you may not see.{" "}
        <Link to="/organizations/$org/issues" params={{ org }} search={keepScope}>
          Go to the issues
        </Link>
      </Empty>
    );
  }
  if (issue.isError) {
    return <Failure what="This issue could not be shown" error={issue.error} retry={() => void issue.refetch()} />;
  }
  if (!issue.data) {
    return <Bones rows={14} height={44} />;
  }
  const showNewer = () => {
    setNewer(0);
    void queries.invalidateQueries({ queryKey: [org, "issue", issueId] });
    goTo("latest");
  };

  return (
    <div className={styles.page}>
      <IssueHead
        org={org}
        issue={issue.data}
        event={event.data}
        act={act}
        assign={() => setAssigning({ issues: [issue.data] })}
        remove={() => {
          actions.remove([issue.data]);
          void back();
        }}
        copyMarkdown={() => void copy(markdown).then(() => notice({ text: "Copied as Markdown" }))}
      />
      <IssueTabs issue={issue.data} />
      <div className={styles.columns}>
        <div className={styles.main}>
          {search.tab === "events" && <EventsTab org={org} issueId={issueId} />}
          {search.tab === "tags" && <TagsTab org={org} issueId={issueId} />}
          {search.tab === "merged" && <MergedTab org={org} issue={issue.data} />}
          {search.tab === "activity" && <ActivityTab org={org} issue={issue.data} />}
          {search.tab === undefined && (
            <>
              <IssueChart org={org} issueId={issueId} />
              <EventNavigator
                event={event.data}
                chosen={search.event}
                newer={newer}
                showNewer={showNewer}
                goTo={goTo}
                stale={event.isPlaceholderData}
              />
              {event.isError && (
                <Failure what="This event could not be read" error={event.error} retry={() => void event.refetch()} />
              )}
              {event.isPending && <Bones rows={8} height={44} />}
              {event.data && <EventBody org={org} project={issue.data.project.slug} event={event.data} />}
            </>
          )}
        </div>
        {search.tab === undefined && <IssueSide org={org} issue={issue.data} event={event.data} />}
      </div>
      <Suspense>
        {assigning && (
          <AssignDialog org={org} request={assigning} close={() => setAssigning(undefined)} assign={actions.change} />
        )}
      </Suspense>
    </div>
  );
}
