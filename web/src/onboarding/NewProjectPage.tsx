import { Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api } from "../api/client";
import { ApiError } from "../api/errors";
import type { Project } from "../api/shapes";
import { Button } from "../design/Button";
import { slugFault, slugOf } from "../projects/slug";
import { teamsQuery } from "../settings/teamQueries";
import { projectsQuery } from "../shell/organizations";
import { PlatformPicker } from "./PlatformPicker";
import styles from "./StartPage.module.css";

export function NewProjectPage() {
  const { org } = useParams({ from: "/inside/organizations/$org/projects/new" });
  const [name, setName] = useState("");
  const [typedSlug, setTypedSlug] = useState<string>();
  const [platform, setPlatform] = useState<string>();
  const [chosenTeam, setTeam] = useState<string | null>(null);
  const teams = useQuery(teamsQuery(org)).data ?? [];
  const queries = useQueryClient();
  const navigate = useNavigate();
  const team = chosenTeam ?? (teams.find((one) => one.isMember) ?? teams[0])?.slug ?? null;
  const slug = typedSlug ?? slugOf(name);

  const create = useMutation({
    mutationFn: () => api.post<Project>(`teams/${org}/${team}/projects/`, { name: name.trim(), slug, platform }),
    onSuccess: async (project) => {
      await queries.invalidateQueries({ queryKey: projectsQuery(org).queryKey });
      await navigate({ to: "/organizations/$org/projects/$project/start", params: { org, project: project.slug } });
    },
  });
  const fields = create.error instanceof ApiError ? create.error.fields : {};
  const taken = create.error instanceof ApiError && create.error.status === 409 ? create.error.message : undefined;
  const fault = slugFault(slug);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };

  return (
    <form className={styles.page} onSubmit={submit}>
      <h1 className={styles.title}>New project</h1>
      <div className={styles.fields}>
        <TextInput
          label="Name"
          required
          autoFocus
          value={name}
          error={fields.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="Slug"
          description="Stands in addresses and before issue numbers."
          required
          value={slug}
          error={fault ?? fields.slug ?? taken}
          onChange={(event) => setTypedSlug(event.currentTarget.value)}
        />
        <Select
          label="Team"
          description="Its members see the project."
          data={teams.map((one) => ({ value: one.slug, label: one.slug }))}
          value={team}
          onChange={setTeam}
          error={teams.length === 0 ? "Create a team first, in the settings." : undefined}
        />
      </div>
      <PlatformPicker chosen={platform} choose={setPlatform} />
      {create.isError && !taken && Object.keys(fields).length === 0 && (
        <p className={styles.error} role="alert">
          {create.error.message}
        </p>
      )}
      <Button
        type="submit"
        look="primary"
        className={styles.submit}
        disabled={!name.trim() || !slug || !team || fault !== undefined}
        busy={create.isPending}
      >
        Create project
      </Button>
    </form>
  );
}
