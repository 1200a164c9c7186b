import styles from "./Avatar.module.css";
import { seriesColour } from "./seriesColour";

/** A person or team as two letters on its own colour; teams are square. */
export function Avatar({ name, team = false, size = 24 }: { name: string; team?: boolean; size?: number }) {
  return (
    <span
      className={styles.avatar}
      data-team={team}
      title={name}
      style={{ "--avatar": seriesColour(name), width: size, height: size }}
    >
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name
    .replace(/@.*/, "")
    .split(/[\s._-]+/)
    .filter(Boolean);
  const letters = words.length > 1 ? `${words[0]?.[0]}${words.at(-1)?.[0]}` : (words[0] ?? "?").slice(0, 2);
  return letters.toUpperCase();
}
