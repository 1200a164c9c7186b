import { TextInput } from "@mantine/core";
import { useMemo, useState } from "react";
import type { EventDetail } from "../api/eventShapes";
import { Chips } from "../design/Chips";
import { moment } from "../design/format";
import styles from "./BreadcrumbSection.module.css";
import { entryOf } from "./entries";
import { metaOf } from "./meta";
import { RemarkMark } from "./RemarkMark";
import { Section } from "./Section";
import { beforeEvent, filterTrail, headline, type TrailStep, trailOf } from "./trail";
import { ValueTree } from "./ValueTree";

const shownAtFirst = 20;

/** The way to the error, newest step first, on one time axis with the event itself. */
export function BreadcrumbSection({ event }: { event: EventDetail }) {
  const entry = entryOf(event, "breadcrumbs");
  const steps = useMemo(() => trailOf(entry?.data.values ?? [], entry?.meta), [entry?.data, entry?.meta]);
  const [levels, setLevels] = useState<ReadonlySet<string>>(new Set());
  const [categories, setCategories] = useState<ReadonlySet<string>>(new Set());
  const [words, setWords] = useState("");
  const [all, setAll] = useState(false);
  if (steps.length === 0) {
    return null;
  }
  const matching = filterTrail(steps, levels, categories, words);
  const shown = all ? matching : matching.slice(0, shownAtFirst);

  return (
    <Section
      id="breadcrumbs"
      title="Breadcrumbs"
      note={matching.length === steps.length ? steps.length : `${matching.length} of ${steps.length}`}
    >
      <div className={styles.filters}>
        <TextInput
          aria-label="Find in breadcrumbs"
          placeholder="Find…"
          w={180}
          value={words}
          onChange={(change) => setWords(change.currentTarget.value)}
        />
        <Chips name="Level" options={steps.map((step) => step.level)} chosen={levels} choose={setLevels} />
        <Chips
          name="Category"
          options={steps.map((step) => step.category)}
          chosen={categories}
          choose={setCategories}
        />
      </div>
      <ol className={styles.trail}>
        <li className={styles.step} data-level="error">
          <time className={styles.time} title={moment(new Date(event.dateCreated))}>
            0
          </time>
          <span className={styles.dot} />
          <span className={styles.category}>event</span>
          <div className={styles.message}>{event.title}</div>
        </li>
        {shown.map((step, index) => (
          <Step key={index} step={step} event={event} />
        ))}
      </ol>
      {matching.length > shown.length && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {matching.length - shown.length} earlier
        </button>
      )}
      {matching.length === 0 && <p className={styles.none}>No step matches.</p>}
    </Section>
  );
}

function Step({ step, event }: { step: TrailStep; event: EventDetail }) {
  const { text, rest } = headline(step);
  const at = step.crumb.timestamp;
  return (
    <li className={styles.step} data-level={step.level}>
      <time className={styles.time} title={at ? moment(new Date(at)) : "The client gave no time"}>
        {beforeEvent(at, event.dateCreated)}
      </time>
      <span className={styles.dot} />
      <span className={styles.category} title={`${step.category} · ${step.level}`}>
        {step.category}
        {step.level !== "info" && <span className={styles.level}>{step.level}</span>}
      </span>
      <div className={styles.message}>
        {text}
        <RemarkMark meta={metaOf(step.meta, "message")} />
        {Object.keys(rest).length > 0 && <ValueTree value={rest} meta={metaOf(step.meta, "data")} />}
      </div>
    </li>
  );
}
