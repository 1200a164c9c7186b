import { IconBox } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { projectsQuery } from "./organizations";
import { PickerList } from "./PickerList";

interface ProjectPickerProps {
  org: string;
  chosen: readonly string[];
  choose: (ids: string[]) => void;
}

export function ProjectPicker({ org, chosen, choose }: ProjectPickerProps) {
  const projects = useQuery(projectsQuery(org)).data ?? [];
  const names = chosen.map((id) => projects.find((project) => project.id === id)?.slug ?? id);
  const label = names.length === 0 ? "All projects" : names.length < 3 ? names.join(", ") : `${names.length} projects`;
  return (
    <PickerList
      icon={IconBox}
      name="Project"
      label={label}
      allLabel="All projects"
      options={projects.map((project) => ({ value: project.id, label: project.slug }))}
      chosen={chosen}
      choose={choose}
      foot={
        <Link to="/organizations/$org/projects/new" params={{ org }}>
          New project
        </Link>
      }
    />
  );
}
