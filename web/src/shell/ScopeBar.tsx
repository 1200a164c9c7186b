import { useMatches, useNavigate, useSearch } from "@tanstack/react-router";
import { EnvironmentPicker } from "./EnvironmentPicker";
import { ProjectPicker } from "./ProjectPicker";
import styles from "./ScopeBar.module.css";
import type { Scope } from "./scope";
import { TimePicker } from "./TimePicker";

/** Project, environment and time: one control each, all in the URL. Pages that do not depend on them do not show them. */
export function ScopeBar({ org }: { org: string }) {
  const scope: Scope = useSearch({ from: "/inside/organizations/$org" });
  const kind = useMatches().findLast((match) => match.staticData.scope)?.staticData.scope;
  const navigate = useNavigate();
  if (!kind) {
    return null;
  }
  const change = (part: Scope) => void navigate({ to: ".", search: (old) => ({ ...old, ...part }) });
  return (
    <div className={styles.bar}>
      {kind === "all" && (
        <ProjectPicker
          org={org}
          chosen={scope.project ?? []}
          choose={(project) => change({ project: project.length > 0 ? project : undefined })}
        />
      )}
      <EnvironmentPicker
        org={org}
        chosen={scope.environment ?? []}
        choose={(environment) => change({ environment: environment.length > 0 ? environment : undefined })}
      />
      <TimePicker scope={scope} choose={change} />
    </div>
  );
}
