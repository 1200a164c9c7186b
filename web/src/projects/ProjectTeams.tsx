import { Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import type { ProjectDetail } from "../api/shapes";
import { Avatar } from "../design/Avatar";
import { IconButton } from "../design/IconButton";
import { useNotice } from "../design/Notices";
import { teamsQuery } from "../settings/teamQueries";
import styles from "./ProjectTeams.module.css";
import { projectQuery } from "./projectQueries";

export function ProjectTeams({ org, project, fixed }: { org: string; project: ProjectDetail; fixed: boolean }) {
  const all = useQuery(teamsQuery(org)).data ?? [];
  const queries = useQueryClient();
  const notice = useNotice();
  const own = project.teams ?? [];
  const change = useMutation({
    mutationFn: ({ slug, add }: { slug: string; add: boolean }) => {
      const path = `projects/${org}/${project.slug}/teams/${slug}/`;
      return add ? api.post<ProjectDetail>(path) : api.delete<ProjectDetail>(path);
    },
    onSuccess: (changed, { slug, add }) => {
      queries.setQueryData(projectQuery(org, project.slug).queryKey, changed);
      notice({ text: add ? `Given to ${slug}` : `Taken from ${slug}`, undo: () => change.mutate({ slug, add: !add }) });
    },
    onError: (error) => notice({ text: error.message, tone: "error" }),
  });
  const others = all.filter((team) => !own.some((one) => one.id === team.id));
  return (
    <>
      <ul className={styles.list}>
        {own.map((team) => (
          <li key={team.id} className={styles.team}>
            <Avatar name={team.slug} team size={20} />
            {team.slug}
            {!fixed && (
              <IconButton
                size={22}
                aria-label={`Take from ${team.slug}`}
                onClick={() => change.mutate({ slug: team.slug, add: false })}
              >
                <IconX size={14} />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      {!fixed && others.length > 0 && (
        <Select
          aria-label="Give to another team"
          placeholder="Give to another team"
          data={others.map((team) => ({ value: team.slug, label: team.slug }))}
          value={null}
          onChange={(slug) => slug && change.mutate({ slug, add: true })}
        />
      )}
    </>
  );
}
