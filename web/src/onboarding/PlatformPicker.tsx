import { seriesColour } from "../design/seriesColour";
import styles from "./PlatformPicker.module.css";
import { platforms } from "./platforms";

export function PlatformPicker({ chosen, choose }: { chosen: string | undefined; choose: (id: string) => void }) {
  return (
    <fieldset className={styles.grid}>
      <legend className={styles.legend}>Platform</legend>
      {platforms.map((platform) => (
        <button
          key={platform.id}
          type="button"
          className={styles.one}
          aria-pressed={platform.id === chosen}
          onClick={() => choose(platform.id)}
        >
          <span className={styles.letters} style={{ "--tone": seriesColour(platform.id) }} aria-hidden="true">
            {platform.letters}
          </span>
          {platform.name}
        </button>
      ))}
    </fieldset>
  );
}
