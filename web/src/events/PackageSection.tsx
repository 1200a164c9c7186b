import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { EventDetail } from "../api/eventShapes";
import styles from "./PackageSection.module.css";
import { Section } from "./Section";

/** Installed packages with their versions, as the client listed them. */
export function PackageSection({ event }: { event: EventDetail }) {
  const [wanted, setWanted] = useState("");
  const packages = Object.entries(event.packages ?? {}).sort(([a], [b]) => a.localeCompare(b));
  if (packages.length === 0) {
    return null;
  }
  const matching = packages.filter(([name]) => name.toLowerCase().includes(wanted.toLowerCase()));
  return (
    <Section id="packages" title="Packages" note={packages.length} folded>
      {packages.length > 12 && (
        <TextInput
          aria-label="Find a package"
          placeholder="Find…"
          w={220}
          mb={6}
          value={wanted}
          onChange={(change) => setWanted(change.currentTarget.value)}
        />
      )}
      <ul className={styles.list}>
        {matching.map(([name, version]) => (
          <li key={name} className={styles.one}>
            <span>{name}</span>
            <span className={styles.version}>{version}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
