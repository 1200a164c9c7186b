import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { sessionQuery } from "../access/session";
import type { Assignee, Issue } from "../api/shapes";
import { Avatar } from "../design/Avatar";
import { plural } from "../design/format";
import { PickOne } from "../design/PickOne";
import { assigneesQuery } from "./people";
import type { IssueChange } from "./useIssueActions";

export interface AssignRequest {
  issues: readonly Issue[];
}

interface AssignDialogProps {
  org: string;
  request: AssignRequest;
  close: () => void;
  assign: (issues: readonly Issue[], change: IssueChange, done: string) => void;
}

/** Type a few letters, press Enter. You come first, then people, then teams. */
export function AssignDialog({ org, request, close, assign }: AssignDialogProps) {
  const me = useQuery(sessionQuery).data?.user;
  const assignees = useQuery(assigneesQuery(org)).data ?? [];
  const ordered = assignees.toSorted(
    (a, b) => Number(b.id === me?.id && b.type === "user") - Number(a.id === me?.id && a.type === "user"),
  );
  const count = request.issues.length;

  const pick = (assignee: Assignee | undefined) => {
    assign(request.issues, { assignedTo: assignee ?? null }, assignee ? `assigned to ${assignee.name}` : "unassigned");
    close();
  };

  return (
    <Modal
      opened
      onClose={close}
      title={count === 1 ? `Assign ${request.issues[0]?.shortId}` : `Assign ${plural(count, "issue")}`}
      size={380}
    >
      <PickOne
        placeholder="Name or team"
        options={[
          ...ordered.map((assignee) => ({
            key: `${assignee.type}:${assignee.id}`,
            text: `${assignee.name} ${assignee.email ?? ""}`,
            mark: <Avatar name={assignee.name} team={assignee.type === "team"} size={20} />,
            label: assignee.type === "user" && assignee.id === me?.id ? `${assignee.name} (you)` : assignee.name,
            hint: assignee.type === "team" ? "team" : "",
            pick: () => pick(assignee),
          })),
          { key: "nobody", text: "nobody unassign", label: "Nobody", pick: () => pick(undefined) },
        ]}
      />
    </Modal>
  );
}
