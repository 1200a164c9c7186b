import { Menu, Modal, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api } from "../api/client";
import { ApiError } from "../api/errors";
import type { Team } from "../api/shapes";
import { Avatar } from "../design/Avatar";
import { Button } from "../design/Button";
import { ConfirmName } from "../design/ConfirmName";
import { exactNumber } from "../design/format";
import { useNotice } from "../design/Notices";
import { RowMenu } from "../design/RowMenu";
import { Bones, Empty, Failure } from "../design/States";
import { slugFault, slugOf } from "../projects/slug";
import { PageHead } from "./PageHead";
import styles from "./Table.module.css";
import { teamsQuery } from "./teamQueries";
import { useMay } from "./useMay";

export function TeamsPage() {
  const { org } = useParams({ from: "/inside/organizations/$org/settings" });
  const teams = useQuery(teamsQuery(org));
  const queries = useQueryClient();
  const notice = useNotice();
  const may = useMay(org);
  const [creating, setCreating] = useState(false);
  const [deleting, setDeleting] = useState<Team>();
  const change = useMutation({
    mutationFn: (run: () => Promise<unknown>) => run(),
    onError: (error) => notice({ text: error.message, tone: "error" }),
    onSettled: () => queries.invalidateQueries({ queryKey: [org] }),
  });
  const membership = (team: Team) => `organizations/${org}/members/me/teams/${team.slug}/`;

  return (
    <>
      <PageHead
        title="Teams"
        explain="A team has members and projects. An issue can be assigned to a team."
        action={
          may("team:write") && (
            <Button look="primary" onClick={() => setCreating(true)}>
              New team
            </Button>
          )
        }
      />
      {teams.isPending && <Bones rows={4} />}
      {teams.isError && (
        <Failure what="The teams could not be read" error={teams.error} retry={() => void teams.refetch()} />
      )}
      {teams.data?.length === 0 && <Empty title="No team yet">A project needs a team: create one first.</Empty>}
      {teams.data && teams.data.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>Team</th>
                <th>Members</th>
                <th>Projects</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {teams.data.map((team) => (
                <tr key={team.id}>
                  <td>
                    <span className={styles.person}>
                      <Avatar name={team.slug} team size={22} />
                      {team.slug} {team.isMember && <span className={styles.mark}>yours</span>}
                    </span>
                  </td>
                  <td>{exactNumber(team.memberCount)}</td>
                  <td className={styles.small}>{team.projects?.map((project) => project.slug).join(", ")}</td>
                  <td>
                    <RowMenu label={`What to do with ${team.slug}`}>
                      {team.isMember ? (
                        <Menu.Item onClick={() => change.mutate(() => api.delete(membership(team)))}>Leave</Menu.Item>
                      ) : (
                        <Menu.Item onClick={() => change.mutate(() => api.post(membership(team)))}>Join</Menu.Item>
                      )}
                      {may("team:admin") && (
                        <Menu.Item data-danger="true" onClick={() => setDeleting(team)}>
                          Delete
                        </Menu.Item>
                      )}
                    </RowMenu>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <NewTeam org={org} opened={creating} close={() => setCreating(false)} />
      {deleting && (
        <ConfirmName
          name={deleting.slug}
          title={`Delete the team ${deleting.slug}`}
          explain="Its members and projects stay. Issues assigned to it are assigned to nobody."
          close={() => setDeleting(undefined)}
          confirm={() => change.mutate(() => api.delete(`teams/${org}/${deleting.slug}/`))}
        />
      )}
    </>
  );
}

function NewTeam({ org, opened, close }: { org: string; opened: boolean; close: () => void }) {
  const [name, setName] = useState("");
  const queries = useQueryClient();
  const slug = slugOf(name);
  const create = useMutation({
    mutationFn: () => api.post<Team>(`organizations/${org}/teams/`, { name: name.trim(), slug }),
    onSuccess: async () => {
      setName("");
      close();
      await queries.invalidateQueries({ queryKey: [org] });
    },
  });
  const fields = create.error instanceof ApiError ? create.error.fields : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <Modal opened={opened} onClose={close} title="New team" size={380}>
      <form onSubmit={submit}>
        <TextInput
          label="Name"
          description={slug ? `Its slug will be ${slug}.` : "You will be its first member."}
          required
          data-autofocus
          value={name}
          error={fields.name ?? fields.slug ?? create.error?.message ?? slugFault(slug)}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" look="primary" className={styles.submit} disabled={!slug} busy={create.isPending}>
          Create team
        </Button>
      </form>
    </Modal>
  );
}
