import { Switch } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import type { InboundFilter } from "../api/shapes";
import { useNotice } from "../design/Notices";
import { Bones, Failure } from "../design/States";
import { SavedText } from "../settings/SavedText";
import { SettingRow } from "../settings/SettingRow";
import { useMay } from "../settings/useMay";
import { filtersQuery } from "./projectQueries";
import { linesOf, type ProjectSettingsProps } from "./settingsOf";

const names: Record<string, string> = {
  "browser-extensions": "Browser extensions",
  localhost: "Localhost",
  "web-crawlers": "Web crawlers",
  "legacy-browsers": "Old browsers",
  "filtered-transaction": "Health checks",
  "react-hydration-errors": "React hydration",
  "chunk-load-error": "Missing chunks",
};

const lists: [option: string, label: string, explain: string, placeholder: string][] = [
  [
    "filters:error_messages",
    "Messages",
    "Errors whose type and message match, one pattern per line. A * stands for anything.",
    "TypeError: Failed to fetch*",
  ],
  ["filters:releases", "Releases", "Events of these releases, one pattern per line.", "1.2.*"],
  ["filters:blacklisted_ips", "Addresses", "Events from these addresses or networks, one per line.", "10.0.0.0/8"],
];

/** What is thrown away on arrival. It is counted as filtered, with its rule, and never kept. */
export function FilterSettings({ org, project, save }: ProjectSettingsProps) {
  const filters = useQuery(filtersQuery(org, project.slug));
  const queries = useQueryClient();
  const notice = useNotice();
  const fixed = !useMay(org)("project:write");
  const key = filtersQuery(org, project.slug).queryKey;

  const put = async (filter: InboundFilter, body: { active: boolean } | { subfilters: string[] }) => {
    await api.put(`projects/${org}/${project.slug}/filters/${filter.id}/`, body);
    await queries.invalidateQueries({ queryKey: key });
  };
  const toggle = (filter: InboundFilter, active: boolean) => {
    const fail = (error: Error) => notice({ text: error.message, tone: "error" });
    queries.setQueryData(key, (old) => old?.map((one) => (one.id === filter.id ? { ...one, active } : one)));
    put(filter, { active }).catch(fail);
    notice({
      text: `${names[filter.id] ?? filter.id}: ${active ? "filtered" : "let through"}`,
      undo: () => {
        put(filter, Array.isArray(filter.active) ? { subfilters: filter.active } : { active: filter.active }).catch(
          fail,
        );
      },
    });
  };

  if (filters.isPending) {
    return <Bones rows={6} height={56} />;
  }
  if (filters.isError) {
    return <Failure what="The filters could not be read" error={filters.error} retry={() => void filters.refetch()} />;
  }
  return (
    <>
      {filters.data.map((filter) => (
        <SettingRow key={filter.id} label={names[filter.id] ?? filter.id} explain={filter.description}>
          <Switch
            aria-label={names[filter.id] ?? filter.id}
            label={Array.isArray(filter.active) ? filter.active.join(", ") : filter.active ? "Filtered" : "Let through"}
            disabled={fixed}
            checked={filter.active !== false}
            onChange={(event) => toggle(filter, event.currentTarget.checked)}
          />
        </SettingRow>
      ))}
      {lists.map(([option, label, explain, placeholder]) => {
        const value = String(project.options?.[option] ?? "");
        return (
          <SettingRow key={option} label={label} explain={explain}>
            <SavedText
              label={label}
              lines
              disabled={fixed}
              placeholder={placeholder}
              value={value}
              save={(text) =>
                save({ options: { [option]: linesOf(text).join("\n") } }, { options: { [option]: value } }, label)
              }
            />
          </SettingRow>
        );
      })}
    </>
  );
}
