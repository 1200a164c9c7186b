import { Switch } from "@mantine/core";
import { SavedText } from "../settings/SavedText";
import { SettingRow } from "../settings/SettingRow";
import { useMay } from "../settings/useMay";
import { linesOf, type ProjectSettingsProps } from "./settingsOf";

const switches = [
  [
    "dataScrubber",
    "Scrub data",
    "Removes what the rules below find before an event is stored. Events that are stored already stay as they are.",
  ],
  ["dataScrubberDefaults", "Usual secrets", "Passwords, tokens, keys, card numbers and the like, by name and by form."],
  [
    "scrubIPAddresses",
    "Addresses of people",
    "IP addresses are not stored. Users are then counted by id, e-mail or name only.",
  ],
] as const;

const fields = [
  [
    "sensitiveFields",
    "More secret fields",
    "Values under these names are replaced, one name per line. Part of a name is enough.",
    "order_number",
  ],
  ["safeFields", "Fields to leave alone", "Names that no rule may touch, one per line.", "token_count"],
] as const;

/** What is taken out of events before they are stored. */
export function ScrubbingSettings({ org, project, save }: ProjectSettingsProps) {
  const fixed = !useMay(org)("project:write");
  return (
    <>
      {switches.map(([key, label, explain]) => (
        <SettingRow key={key} label={label} explain={explain}>
          <Switch
            aria-label={label}
            disabled={fixed || (key !== "dataScrubber" && !project.dataScrubber)}
            checked={project[key] === true}
            label={project[key] === true ? "On" : "Off"}
            onChange={(event) => void save({ [key]: event.currentTarget.checked }, { [key]: project[key] }, label)}
          />
        </SettingRow>
      ))}
      {fields.map(([key, label, explain, placeholder]) => (
        <SettingRow key={key} label={label} explain={explain}>
          <SavedText
            label={label}
            field={key}
            lines
            disabled={fixed || !project.dataScrubber}
            placeholder={placeholder}
            value={(project[key] ?? []).join("\n")}
            save={(text) => save({ [key]: linesOf(text) }, { [key]: project[key] }, label)}
          />
        </SettingRow>
      ))}
    </>
  );
}
