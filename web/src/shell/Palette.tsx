import { Modal } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconAlertSquareRounded, IconArrowRight, IconBox } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../api/client";
import type { Issue } from "../api/shapes";
import { PickOne, type PickOption } from "../design/PickOne";
import { chooseScheme, type SchemeChoice } from "../design/scheme";
import { projectsQuery } from "./organizations";

interface PaletteProps {
  org: string;
  /** Before the palette was loaded. */
  typedFirst: string;
  close: () => void;
}

/** Everything one can go to or do, by typing: pages, projects, issues by short id or words, actions. */
export function Palette({ org, typedFirst, close }: PaletteProps) {
  const [typed, setTyped] = useState(typedFirst);
  const [wanted] = useDebouncedValue(typed.trim(), 150);
  const navigate = useNavigate();
  const projects = useQuery(projectsQuery(org)).data ?? [];
  const found = useQuery({
    queryKey: [org, "palette", wanted],
    queryFn: async ({ signal }) => {
      const query = { query: wanted, shortIdLookup: 1, limit: 6, statsPeriod: "90d" };
      return (await api.page<Issue>(`organizations/${org}/issues/`, { signal, query })).rows;
    },
    enabled: wanted.length > 2,
    placeholderData: (old) => old,
  });

  const base = `/organizations/${org}`;
  const go = (href: string) => () => {
    close();
    void navigate({ href });
  };
  const page = (label: string, path: string, text = ""): PickOption => ({
    key: path,
    text: `${label} ${text}`,
    label,
    hint: "page",
    mark: <IconArrowRight size={15} stroke={1.6} />,
    pick: go(`${base}/${path}`),
  });
  const theme = (label: string, value: SchemeChoice): PickOption => ({
    key: value,
    text: label,
    label,
    hint: "action",
    mark: <IconArrowRight size={15} stroke={1.6} />,
    pick: () => {
      chooseScheme(value);
      close();
    },
  });

  const issues = (wanted.length > 2 ? (found.data ?? []) : []).map(
    (issue): PickOption => ({
      key: `issue-${issue.id}`,
      // What the server found matches what was typed, in its own way.
      text: typed,
      label: issue.title,
      hint: issue.shortId,
      mark: <IconAlertSquareRounded size={15} stroke={1.6} />,
      pick: go(`${base}/issues/${issue.id}/`),
    }),
  );
  const options: PickOption[] = [
    page("Issues", "issues/", "errors list"),
    page("Traces", "traces/", "spans waterfall performance"),
    page("Performance", "performance/", "transactions slow endpoints"),
    page("Web vitals", "performance/vitals/", "lcp inp cls browser"),
    page("Service map", "performance/map/", "dependencies"),
    page("Explore", "explore/", "query spans errors chart"),
    page("Pipeline", "pipeline/", "health quarantine drops disk"),
    page("New project", "projects/new/", "create onboarding"),
    page("Settings", "settings/", "organization"),
    page("Projects", "settings/projects/", "keys dsn"),
    page("Teams", "settings/teams/"),
    page("Members", "settings/members/", "people invite"),
    page("API tokens", "settings/tokens/", "auth"),
    page("My account", "settings/account/", "password"),
    ...projects.map(
      (project): PickOption => ({
        key: `project-${project.id}`,
        text: `${project.slug} ${project.name}`,
        label: project.slug,
        hint: "project",
        mark: <IconBox size={15} stroke={1.6} />,
        pick: go(`${base}/issues/?project=${project.id}`),
      }),
    ),
    theme("Light theme", "light"),
    theme("Dark theme", "dark"),
    theme("Theme of the system", "auto"),
  ];

  return (
    <Modal opened onClose={close} withCloseButton={false} size={560} aria-label="Go to">
      <PickOne
        placeholder="Page, project, short id or words of an issue"
        typedFirst={typedFirst}
        options={[...issues, ...options]}
        onType={setTyped}
      />
    </Modal>
  );
}
