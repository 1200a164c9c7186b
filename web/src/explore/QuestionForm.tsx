import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import { columnName, columnOf } from "./columns";
import { mostShown, type Question } from "./exploreSearch";
import { keysOf } from "./fields";
import { functionsOf } from "./functions";
import { PickChip } from "./PickChip";
import styles from "./QuestionForm.module.css";

interface QuestionFormProps {
  question: Question;
  /** Tags of the organization, beside the fields every dataset has. */
  tags: readonly string[];
  ask: (part: Partial<Question>) => void;
}

/** The question in parts: what to show, by what, how many groups, in which order. */
export function QuestionForm({ question, tags, ask }: QuestionFormProps) {
  const { dataset, show, by, top, sort } = question;
  const functions = functionsOf(dataset);
  const fields = fieldOptions(question.dataset, tags);
  const replace = (list: readonly string[], at: number, value?: string) =>
    list.flatMap((one, index) => (index === at ? (value ?? []) : one));
  const column = sort.replace(/^-/, "");
  const columns = [...show, ...by];
  return (
    <div className={styles.form}>
      <Labelled name="Show">
        {show.map((value, at) => (
          <PickChip
            key={value}
            value={columnName(value)}
            name="function"
            options={functions}
            accepts={isShown}
            whole
            pick={(next) => ask({ show: replace(show, at, columnOf(next)) })}
            remove={show.length > 1 ? () => ask({ show: replace(show, at) }) : undefined}
          />
        ))}
        {show.length < mostShown && (
          <PickChip
            name="function"
            options={functions.filter(({ value }) => !columns.map(columnName).includes(value))}
            accepts={isShown}
            whole
            pick={(value) => ask({ show: replace([...show, value], show.length, columnOf(value)) })}
          />
        )}
      </Labelled>
      <Labelled name="by">
        {by.map((value, at) => (
          <PickChip
            key={value}
            value={value}
            name="field"
            options={fields}
            accepts={isField}
            pick={(next) => ask({ by: replace(by, at, next) })}
            remove={() => ask({ by: replace(by, at) })}
          />
        ))}
        <PickChip
          name="field to group by"
          options={fields.filter(({ value }) => !by.includes(value))}
          accepts={isField}
          pick={(value) => ask({ by: [...by, value] })}
        />
      </Labelled>
      {by.length > 0 && (
        <>
          <Labelled name="order">
            <Select
              aria-label="Order"
              w={210}
              data={columns.flatMap((one) => [
                { value: `-${one}`, label: `${columnName(one)} ↓` },
                { value: one, label: `${columnName(one)} ↑` },
              ])}
              value={columns.includes(column) ? sort : null}
              onChange={(value) => value && ask({ sort: value })}
            />
          </Labelled>
          <Labelled name="top">
            <Select
              aria-label="How many groups the chart shows"
              w={64}
              data={["3", "5", "10"].includes(String(top)) ? ["3", "5", "10"] : ["3", "5", "10", String(top)]}
              value={String(top)}
              onChange={(value) => value && ask({ top: Number(value) })}
            />
          </Labelled>
        </>
      )}
    </div>
  );
}

const isShown = (typed: string): boolean => columnOf(typed) !== undefined;

export const isField = (typed: string): boolean => /^[\w.-]+$|^tags\[[^\]]+\]$/.test(typed);

export function fieldOptions(dataset: Question["dataset"], tags: readonly string[]) {
  const fixed = keysOf(dataset).map(({ key, hint }) => ({ value: key, hint }));
  const own = tags.filter((tag) => !fixed.some(({ value }) => value === tag));
  return [...fixed, ...own.map((value) => ({ value, hint: "tag" }))];
}

function Labelled({ name, children }: { name: string; children: ReactNode }) {
  return (
    <fieldset className={styles.part}>
      <legend className="unseen">{name}</legend>
      <span className={styles.label} aria-hidden="true">
        {name}
      </span>
      {children}
    </fieldset>
  );
}
