import { Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "../api/client";
import type { Activity, IssueDetail } from "../api/shapes";
import { Button } from "../design/Button";
import { ActivityFeed } from "./ActivityFeed";
import styles from "./ActivityTab.module.css";
import { activitiesQuery } from "./activityQueries";

export function ActivityTab({ org, issue }: { org: string; issue: IssueDetail }) {
  const [text, setText] = useState("");
  const queries = useQueryClient();
  const write = useMutation({
    mutationFn: () => api.post<Activity>(`organizations/${org}/issues/${issue.id}/comments/`, { text: text.trim() }),
    onSuccess: async () => {
      setText("");
      await queries.invalidateQueries({ queryKey: activitiesQuery(org, issue.id).queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    write.mutate();
  };
  return (
    <div className={styles.tab}>
      <form onSubmit={submit}>
        <Textarea
          label="Comment"
          autosize
          minRows={2}
          maxRows={14}
          value={text}
          error={write.error?.message}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && text.trim()) {
              write.mutate();
            }
          }}
        />
        <Button type="submit" className={styles.write} disabled={!text.trim()} busy={write.isPending}>
          Write
        </Button>
      </form>
      <div className={styles.feed}>
        <ActivityFeed org={org} issueId={issue.id} />
      </div>
    </div>
  );
}
