import { Select } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../api/client";
import { Button } from "../design/Button";
import { ConfirmName } from "../design/ConfirmName";
import { useNotice } from "../design/Notices";
import { platforms } from "../onboarding/platforms";
import { SavedText } from "../settings/SavedText";
import { SettingRow } from "../settings/SettingRow";
import { useMay } from "../settings/useMay";
import { ProjectTeams } from "./ProjectTeams";
import { RateLimitField } from "./RateLimitField";
import { linesOf, type ProjectSettingsProps } from "./settingsOf";
import { slugFault } from "./slug";

const wholeNumber = (text: string) => (/^\d{1,6}$/.test(text) ? undefined : "A whole number.");

export function GeneralSettings({ org, project, save }: ProjectSettingsProps) {
  const may = useMay(org);
  const fixed = !may("project:write");
  const [deleting, setDeleting] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const notice = useNotice();
  const remove = useMutation({
    mutationFn: () => api.delete(`projects/${org}/${project.slug}/`),
    onSuccess: async () => {
      notice({ text: `${project.slug} deleted` });
      await queries.invalidateQueries({ queryKey: [org] });
      await navigate({ to: "/organizations/$org/settings/projects", params: { org } });
    },
    onError: (error) => notice({ text: error.message, tone: "error" }),
  });
  const known = platforms.map((platform) => ({ value: platform.id, label: platform.name }));
  const own =
    project.platform && !known.some((one) => one.value === project.platform)
      ? [{ value: project.platform, label: project.platform }]
      : [];
  const domains = project.allowedDomains ?? [];

  return (
    <>
      <SettingRow label="Name">
        <SavedText
          label="Name"
          field="name"
          value={project.name}
          disabled={fixed}
          fault={(text) => (text.trim() ? undefined : "A name is needed.")}
          save={(name) => save({ name: name.trim() }, { name: project.name }, "Name")}
        />
      </SettingRow>
      <SettingRow
        label="Slug"
        explain="Stands in addresses and before new issue numbers. The old slug leads to the new one; short ids that exist stay."
      >
        <SavedText
          label="Slug"
          field="slug"
          value={project.slug}
          disabled={fixed}
          fault={slugFault}
          save={(slug) => save({ slug }, { slug: project.slug }, "Slug")}
        />
      </SettingRow>
      <SettingRow label="Platform" explain="Chooses the snippets and icons; events of any platform are taken.">
        <Select
          aria-label="Platform"
          searchable
          disabled={fixed}
          data={[...known, ...own]}
          value={project.platform ?? null}
          onChange={(platform) => platform && void save({ platform }, { platform: project.platform }, "Platform")}
        />
      </SettingRow>
      <SettingRow label="Teams" explain="Who the project belongs to.">
        <ProjectTeams org={org} project={project} fixed={fixed} />
      </SettingRow>
      <SettingRow
        label="Limit"
        explain="For all keys of the project together. What exceeds it is refused with 429 and counted as rate-limited."
      >
        <RateLimitField
          limit={project.quota ?? null}
          fixed={fixed}
          save={(quota) => save({ quota }, { quota: project.quota }, "Limit")}
        />
      </SettingRow>
      <SettingRow
        label="Resolve quiet issues"
        explain="Hours without an event after which an issue resolves itself; 0 for never. A new event brings it back as regressed."
      >
        <SavedText
          label="Hours"
          field="resolveAge"
          disabled={fixed}
          value={String(project.resolveAge ?? 0)}
          fault={wholeNumber}
          save={(hours) => save({ resolveAge: Number(hours) }, { resolveAge: project.resolveAge }, "Resolving")}
        />
      </SettingRow>
      <SettingRow
        label="Allowed origins"
        explain="Web pages that may send from browsers, one per line. A * allows all. Events from servers have no origin and are not affected."
      >
        <SavedText
          label="Allowed origins"
          field="allowedDomains"
          lines
          disabled={fixed}
          value={domains.join("\n")}
          save={(text) => save({ allowedDomains: linesOf(text) }, { allowedDomains: domains }, "Allowed origins")}
        />
      </SettingRow>
      {may("project:admin") && (
        <SettingRow
          label="Delete the project"
          explain="With its keys, issues and events. Clients that go on sending are refused."
        >
          <Button danger onClick={() => setDeleting(true)} busy={remove.isPending}>
            Delete project
          </Button>
        </SettingRow>
      )}
      {deleting && (
        <ConfirmName
          title="Delete project"
          name={project.slug}
          explain={`All issues and events of ${project.name} are lost. This cannot be undone.`}
          close={() => setDeleting(false)}
          confirm={() => remove.mutate()}
        />
      )}
    </>
  );
}
