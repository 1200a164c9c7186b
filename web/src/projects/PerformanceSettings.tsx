import { SavedText } from "../settings/SavedText";
import { SettingRow } from "../settings/SettingRow";
import { useMay } from "../settings/useMay";
import { apdexFault } from "./apdexFault";
import { DetectorSettings } from "./DetectorSettings";
import { OwnThresholds } from "./OwnThresholds";
import type { ProjectSettingsProps } from "./settingsOf";

/** What counts as slow in this project. */
export function PerformanceSettings({ org, project, save }: ProjectSettingsProps) {
  const fixed = !useMay(org)("project:write");
  return (
    <>
      <SettingRow
        label="Apdex threshold"
        explain="Milliseconds. Within it a run satisfies its user, within four times of it it is tolerated, above that it makes them miserable. Apdex and misery of what is stored already are counted anew."
      >
        <SavedText
          label="Apdex threshold"
          field="apdexThreshold"
          disabled={fixed}
          value={String(project.apdexThreshold)}
          fault={apdexFault}
          save={(text) =>
            save({ apdexThreshold: Number(text) }, { apdexThreshold: project.apdexThreshold }, "Apdex threshold")
          }
        />
      </SettingRow>
      <OwnThresholds org={org} project={project} fixed={fixed} />
      <DetectorSettings org={org} project={project.slug} fixed={fixed} />
    </>
  );
}
