import { Menu, Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { sessionQuery } from "../access/session";
import { api } from "../api/client";
import type { Member } from "../api/shapes";
import { Ago } from "../design/Ago";
import { Avatar } from "../design/Avatar";
import { Button } from "../design/Button";
import { useNotice } from "../design/Notices";
import { RowMenu } from "../design/RowMenu";
import { Bones, Failure } from "../design/States";
import { organizationQuery } from "../shell/organizations";
import { InviteForm } from "./InviteForm";
import { InviteLink } from "./InviteLink";
import { PageHead } from "./PageHead";
import styles from "./Table.module.css";
import { membersQuery } from "./teamQueries";
import { useMay } from "./useMay";

export function MembersPage() {
  const { org } = useParams({ from: "/inside/organizations/$org/settings" });
  const members = useQuery(membersQuery(org));
  const roles = useQuery(organizationQuery(org)).data?.orgRoleList ?? [];
  const me = useQuery(sessionQuery).data?.user;
  const queries = useQueryClient();
  const notice = useNotice();
  const may = useMay(org);
  const [inviting, setInviting] = useState(false);
  const [invited, setInvited] = useState<Member>();
  const key = membersQuery(org).queryKey;
  const path = (member: Member) => `organizations/${org}/members/${member.id}/`;

  const change = useMutation({
    mutationFn: (run: () => Promise<unknown>) => run(),
    onError: (error) => notice({ text: error.message, tone: "error" }),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
  const remove = (member: Member) => {
    queries.setQueryData(key, (old) => old?.filter((one) => one.id !== member.id));
    notice({
      text: `${member.email} removed`,
      undo: () => void queries.invalidateQueries({ queryKey: key }),
      settled: () => change.mutate(() => api.delete(path(member), { keepalive: true })),
    });
  };
  const setRole = (member: Member, orgRole: string) =>
    change.mutate(async () => {
      await api.put(path(member), { orgRole });
      notice({
        text: `${member.email} is now ${orgRole}`,
        undo: () => change.mutate(() => api.put(path(member), { orgRole: member.orgRole })),
      });
    });

  return (
    <>
      <PageHead
        title="Members"
        action={
          may("member:write") && (
            <Button look="primary" onClick={() => setInviting(true)}>
              Invite
            </Button>
          )
        }
      />
      {members.isPending && <Bones rows={5} />}
      {members.isError && (
        <Failure what="The members could not be read" error={members.error} retry={() => void members.refetch()} />
      )}
      {members.data && (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>Member</th>
                <th>Role</th>
                <th>Teams</th>
                <th>Since</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {members.data.map((member) => (
                <tr key={member.id}>
                  <td>
                    <span className={styles.person}>
                      <Avatar name={member.name} size={24} />
                      <span>
                        {member.name}{" "}
                        {member.user && member.user.id === me?.id && <span className={styles.mark}>you</span>}
                        {member.pending && (
                          <span className={styles.mark}>{member.expired ? "invitation expired" : "invited"}</span>
                        )}
                        {member.name !== member.email && <div className={styles.small}>{member.email}</div>}
                      </span>
                    </span>
                  </td>
                  <td>
                    <Select
                      aria-label={`Role of ${member.email}`}
                      w={124}
                      data={roles.map((role) => ({ value: role.id, label: role.name, disabled: !role.isAllowed }))}
                      value={member.orgRole}
                      disabled={!may("member:write")}
                      onChange={(role) => role && role !== member.orgRole && setRole(member, role)}
                    />
                  </td>
                  <td className={styles.small}>{member.teams?.join(", ")}</td>
                  <td className={styles.small}>
                    {member.dateCreated && <Ago at={member.dateCreated} suffix=" ago" />}
                  </td>
                  <td>
                    <RowMenu label={`What to do with ${member.email}`}>
                      {member.pending && may("member:write") && (
                        <Menu.Item
                          onClick={() =>
                            change.mutate(async () =>
                              setInvited(await api.put<Member>(path(member), { reinvite: true, regenerate: true })),
                            )
                          }
                        >
                          New invitation link
                        </Menu.Item>
                      )}
                      <Menu.Item
                        data-danger="true"
                        disabled={!may("member:admin") && member.user?.id !== me?.id}
                        onClick={() => remove(member)}
                      >
                        {member.user?.id === me?.id ? "Leave the organization" : "Remove"}
                      </Menu.Item>
                    </RowMenu>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <InviteForm org={org} roles={roles} opened={inviting} close={() => setInviting(false)} done={setInvited} />
      <InviteLink member={invited} close={() => setInvited(undefined)} />
    </>
  );
}
