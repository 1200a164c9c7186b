import { IconStack2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { environmentsQuery } from "./organizations";
import { PickerList } from "./PickerList";

interface EnvironmentPickerProps {
  org: string;
  chosen: readonly string[];
  choose: (names: string[]) => void;
}

export function EnvironmentPicker({ org, chosen, choose }: EnvironmentPickerProps) {
  const known = useQuery(environmentsQuery(org)).data ?? [];
  const names = [...new Set([...known, ...chosen])];
  const label =
    chosen.length === 0 ? "All environments" : chosen.length < 3 ? chosen.join(", ") : `${chosen.length} environments`;
  return (
    <PickerList
      icon={IconStack2}
      name="Environment"
      label={label}
      allLabel="All environments"
      options={names.map((name) => ({ value: name, label: name }))}
      chosen={chosen}
      choose={choose}
    />
  );
}
