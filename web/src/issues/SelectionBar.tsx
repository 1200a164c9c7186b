import {
  IconArchive,
  IconArrowMerge,
  IconCheck,
  IconChevronDown,
  IconTrash,
  IconUserCircle,
} from "@tabler/icons-react";
import { Button } from "../design/Button";
import { DropMenu, MenuItem } from "../design/dropdown/DropMenu";
import { plural } from "../design/format";
import { archiveChoices, priorityChoices, resolveChoices } from "./choices";
import styles from "./SelectionBar.module.css";
import type { IssueChange } from "./useIssueActions";

interface SelectionBarProps {
  count: number;
  clear: () => void;
  selectAll: () => void;
  act: (change: IssueChange, done: string) => void;
  assign: () => void;
  merge: () => void;
  remove: () => void;
}

/** Takes the place of the views while issues are selected; the same height, so that nothing moves. */
export function SelectionBar({ count, clear, selectAll, act, assign, merge, remove }: SelectionBarProps) {
  return (
    <div className={styles.bar} role="toolbar" aria-label="What to do with the selected issues">
      <strong className={styles.count}>{plural(count, "issue")}</strong>
      <Button small look="quiet" onClick={selectAll}>
        Select all shown
      </Button>
      <Button small look="quiet" onClick={clear}>
        Clear
      </Button>
      <span className={styles.gap} />
      <Choices label="Resolve" icon={<IconCheck size={14} />} choices={resolveChoices} act={act} />
      <Choices label="Archive" icon={<IconArchive size={14} />} choices={archiveChoices} act={act} />
      <Button small before={<IconUserCircle size={14} />} onClick={assign}>
        Assign
      </Button>
      <Choices label="Priority" choices={priorityChoices} act={act} />
      {count > 1 && (
        <Button small before={<IconArrowMerge size={14} />} onClick={merge}>
          Merge
        </Button>
      )}
      <Button small danger before={<IconTrash size={14} />} onClick={remove}>
        Delete
      </Button>
    </div>
  );
}

interface ChoicesProps {
  label: string;
  icon?: React.ReactNode;
  choices: readonly { label: string; change: IssueChange; done: string }[];
  act: (change: IssueChange, done: string) => void;
}

function Choices({ label, icon, choices, act }: ChoicesProps) {
  return (
    <DropMenu
      className={styles.choices}
      label={label}
      width={210}
      face={
        <>
          {icon}
          {label}
          <IconChevronDown size={12} />
        </>
      }
    >
      {choices.map((choice) => (
        <MenuItem key={choice.label} onClick={() => act(choice.change, choice.done)}>
          {choice.label}
        </MenuItem>
      ))}
    </DropMenu>
  );
}
