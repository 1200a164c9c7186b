import type { EventDetail, MetaTree } from "../api/eventShapes";
import styles from "./ContextSection.module.css";
import { KeyValues } from "./KeyValues";
import { metaOf } from "./meta";
import { RemarkMark } from "./RemarkMark";
import { Section } from "./Section";

const names: Record<string, string> = {
  os: "Operating system",
  client_os: "Client's operating system",
  runtime: "Runtime",
  browser: "Browser",
  device: "Device",
  app: "App",
  gpu: "GPU",
  trace: "Trace",
  culture: "Culture",
  cloud_resource: "Cloud",
  response: "Response",
  feedback: "Feedback",
};

/** Who it happened to, where it ran, and what the client added. */
export function ContextSection({ event }: { event: EventDetail }) {
  const user = Object.entries(event.user ?? {}).filter(([, value]) => !isEmpty(value));
  const contexts = Object.entries(event.contexts).filter(([, value]) => typeof value === "object" && value !== null);
  const extra = Object.entries(event.context);
  if (user.length + contexts.length + extra.length === 0) {
    return null;
  }
  return (
    <Section id="contexts" title="Contexts">
      <div className={styles.blocks}>
        {user.length > 0 && <Block title="User" rows={user} meta={metaOf(event._meta, "user")} />}
        {contexts.map(([key, value]) => (
          <Block
            key={key}
            title={names[key] ?? key}
            rows={Object.entries(value as object).filter(([name, one]) => name !== "type" && !isEmpty(one))}
            meta={metaOf(event._meta, "contexts", key)}
          />
        ))}
        {extra.length > 0 && (
          <Block title="Extra" rows={extra} meta={metaOf(event._meta, "context") ?? metaOf(event._meta, "extra")} />
        )}
      </div>
    </Section>
  );
}

function Block({ title, rows, meta }: { title: string; rows: [string, unknown][]; meta: MetaTree | undefined }) {
  if (rows.length === 0 && !meta) {
    return null;
  }
  return (
    <div className={styles.block}>
      <h3 className={styles.title}>
        {title}
        <RemarkMark meta={meta} />
      </h3>
      <KeyValues rows={rows} meta={meta} />
    </div>
  );
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "object" && Object.keys(value).length === 0);
}
