import { IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { sessionQuery } from "../access/session";
import { api } from "../api/client";
import type { Activity } from "../api/shapes";
import { Ago } from "../design/Ago";
import { Avatar } from "../design/Avatar";
import { IconButton } from "../design/IconButton";
import { useNotice } from "../design/Notices";
import { Failure } from "../design/States";
import styles from "./ActivityFeed.module.css";
import { activitiesQuery } from "./activityQueries";
import { activityText, happened } from "./activityText";

/** What happened to the issue, newest first: what people did, what they wrote, what the server noticed. */
export function ActivityFeed({ org, issueId, most }: { org: string; issueId: string; most?: number }) {
  const me = useQuery(sessionQuery).data?.user;
  const activities = useQuery(activitiesQuery(org, issueId));
  const queries = useQueryClient();
  const notice = useNotice();
  if (activities.isError) {
    return (
      <Failure what="The activity could not be read" error={activities.error} retry={() => void activities.refetch()} />
    );
  }
  const key = activitiesQuery(org, issueId).queryKey;
  const removeNote = (note: Activity) => {
    queries.setQueryData(key, (old) => old?.filter((one) => one.id !== note.id));
    const restore = () => void queries.invalidateQueries({ queryKey: key });
    notice({
      text: "Comment deleted",
      undo: restore,
      settled: () => {
        api
          .delete(`organizations/${org}/issues/${issueId}/notes/${note.id}/`, { keepalive: true })
          .then(restore, (error: Error) => {
            notice({ text: error.message, tone: "error" });
            restore();
          });
      },
    });
  };
  const shown = most === undefined ? activities.data : activities.data?.slice(0, most);
  return (
    <ol className={styles.feed}>
      {shown?.map((activity) => {
        const name = activity.user?.name || activity.user?.email;
        return (
          <li key={activity.id} className={styles.entry}>
            {name ? <Avatar name={name} size={20} /> : <span className={styles.dot} />}
            <div className={styles.what}>
              <span className={styles.line}>
                {name && !happened.has(activity.type) && <b>{name}</b>} {activityText(activity)}{" "}
                <span className={styles.when}>
                  <Ago at={activity.dateCreated} suffix=" ago" />
                </span>
              </span>
              {activity.type === "note" && <div className={styles.note}>{String(activity.data.text ?? "")}</div>}
            </div>
            {activity.type === "note" && activity.user?.id === me?.id && (
              <IconButton
                size={22}
                className={styles.remove}
                aria-label="Delete the comment"
                onClick={() => removeNote(activity)}
              >
                <IconTrash size={14} />
              </IconButton>
            )}
          </li>
        );
      })}
    </ol>
  );
}
