import { Menu } from "@mantine/core";
import {
  IconArchive,
  IconArrowBackUp,
  IconCheck,
  IconChevronDown,
  IconDots,
  IconMarkdown,
  IconTrash,
  IconUserCircle,
} from "@tabler/icons-react";
import type { EventDetail } from "../api/eventShapes";
import type { IssueDetail } from "../api/shapes";
import { Avatar } from "../design/Avatar";
import { Button } from "../design/Button";
import { IconButton } from "../design/IconButton";
import { archiveChoices, priorityChoices, resolveChoices } from "./choices";
import styles from "./IssueHead.module.css";
import { IssueMarks } from "./IssueMarks";
import { PriorityMark } from "./PriorityMark";
import type { IssueChange } from "./useIssueActions";
import { Verdict } from "./Verdict";

interface IssueHeadProps {
  org: string;
  issue: IssueDetail;
  event: EventDetail | undefined;
  act: (change: IssueChange, done: string) => void;
  assign: () => void;
  remove: () => void;
  copyMarkdown: () => void;
}

export function IssueHead({ org, issue, event, act, assign, remove, copyMarkdown }: IssueHeadProps) {
  const open = issue.status === "unresolved";
  const { type, value } = issue.metadata;
  return (
    <header className={styles.head} data-level={issue.level}>
      <div className={styles.what}>
        <div className={styles.titleLine}>
          <h1 className={styles.title}>
            <span className="unseen">{issue.level}: </span>
            {type || issue.title}
          </h1>
          <IssueMarks issue={issue} />
        </div>
        {type && value && (
          <p className={styles.value} title={value}>
            {value}
          </p>
        )}
        <Verdict org={org} issue={issue} event={event} />
      </div>
      <div className={styles.actions}>
        {open ? (
          <Menu>
            <span className={styles.pair}>
              <Button
                look="primary"
                before={<IconCheck size={15} />}
                onClick={() => act({ status: "resolved", statusDetails: {} }, "resolved")}
              >
                Resolve
              </Button>
              <Menu.Target>
                <Button look="primary" aria-label="Other ways to resolve" className={styles.split}>
                  <IconChevronDown size={14} />
                </Button>
              </Menu.Target>
            </span>
            <Menu.Dropdown>
              {resolveChoices.map((choice) => (
                <Menu.Item key={choice.label} onClick={() => act(choice.change, choice.done)}>
                  {choice.label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        ) : (
          <Button
            look="primary"
            before={<IconArrowBackUp size={15} />}
            onClick={() => act({ status: "unresolved", statusDetails: {}, substatus: "ongoing" }, "reopened")}
          >
            {issue.status === "resolved" ? "Reopen" : "Take out of the archive"}
          </Button>
        )}
        {open && (
          <Menu>
            <Menu.Target>
              <Button before={<IconArchive size={15} />} after={<IconChevronDown size={13} />}>
                Archive
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {archiveChoices.map((choice) => (
                <Menu.Item key={choice.label} onClick={() => act(choice.change, choice.done)}>
                  {choice.label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
        <Menu width={130}>
          <Menu.Target>
            <Button after={<IconChevronDown size={13} />} aria-label={`Priority: ${issue.priority ?? "none"}`}>
              {issue.priority ? <PriorityMark priority={issue.priority} /> : "Priority"}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {priorityChoices.map((choice) => (
              <Menu.Item key={choice.label} onClick={() => act(choice.change, choice.done)}>
                {choice.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <Button
          onClick={assign}
          before={
            issue.assignedTo ? (
              <Avatar name={issue.assignedTo.name} team={issue.assignedTo.type === "team"} size={18} />
            ) : (
              <IconUserCircle size={16} stroke={1.5} />
            )
          }
        >
          {issue.assignedTo?.name ?? "Assign"}
        </Button>
        <Menu>
          <Menu.Target>
            <IconButton edged size={30} aria-label="More">
              <IconDots size={16} />
            </IconButton>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconMarkdown size={15} />} onClick={copyMarkdown}>
              Copy as Markdown
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={15} />} data-danger="true" onClick={remove}>
              Delete with all events
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </header>
  );
}
