import { TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { SpanDetail } from "../api/traceShapes";
import { CopyButton } from "../design/Copy";
import { KeyValues } from "../events/KeyValues";
import { Section } from "../events/Section";
import styles from "./SpanContext.module.css";
import { searchOfLink } from "./traceSearch";

const filterFrom = 12;

/** What the client told about a span: attributes, measurements, links, and what came with its transaction. */
export function SpanContext({ org, detail }: { org: string; detail: SpanDetail }) {
  const [words, setWords] = useState("");
  const attributes = Object.entries(detail.attributes).sort(([a], [b]) => a.localeCompare(b));
  const shown = attributes.filter(([key, value]) =>
    `${key} ${String(value)}`.toLowerCase().includes(words.toLowerCase()),
  );
  const measurements = Object.entries(detail.measurements);
  const contexts = Object.entries(detail.contexts ?? {}).filter(([, value]) => typeof value === "object" && value);
  return (
    <div className={styles.sections}>
      {attributes.length > 0 && (
        <Section id="attributes" title="Attributes" note={attributes.length}>
          {attributes.length >= filterFrom && (
            <TextInput
              mb={6}
              aria-label="Filter attributes"
              placeholder="Filter"
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
          )}
          <KeyValues rows={shown} />
        </Section>
      )}
      {measurements.length > 0 && (
        <Section id="measurements" title="Measurements" note={measurements.length}>
          <KeyValues
            rows={measurements.map(([name, { value, unit }]) => [
              name,
              unit && unit !== "none" ? `${value} ${unit}` : value,
            ])}
          />
        </Section>
      )}
      {detail.links.length > 0 && (
        <Section id="links" title="Links" note={detail.links.length}>
          <ul className={styles.links}>
            {detail.links.map((link, index) => (
              <li key={index}>
                <Link
                  to="/organizations/$org/traces/$traceId"
                  params={{ org, traceId: link.trace_id }}
                  search={(old) => searchOfLink(old, link, detail.trace_id)}
                >
                  {link.trace_id === detail.trace_id ? "this trace" : link.trace_id.slice(0, 8)} · {link.span_id}
                </Link>
                {link.attributes && Object.keys(link.attributes).length > 0 && (
                  <KeyValues rows={Object.entries(link.attributes)} />
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {detail.request && (
        <Section id="request" title="Request" folded>
          <KeyValues rows={Object.entries(detail.request)} />
        </Section>
      )}
      {detail.breadcrumbs && detail.breadcrumbs.length > 0 && (
        <Section id="breadcrumbs" title="Breadcrumbs" note={detail.breadcrumbs.length} folded>
          <KeyValues rows={detail.breadcrumbs.map((crumb, index) => [String(index + 1), crumb])} />
        </Section>
      )}
      {contexts.length > 0 && (
        <Section id="contexts" title="Contexts" note={contexts.length} folded>
          {contexts.map(([name, value]) => (
            <div key={name} className={styles.context}>
              <h3>{name}</h3>
              <KeyValues rows={Object.entries(value as object)} />
            </div>
          ))}
        </Section>
      )}
      <Section
        id="json"
        title="JSON"
        folded
        actions={<CopyButton what="Copy" text={() => JSON.stringify(detail, null, 2)} />}
      >
        <pre className={styles.json}>{JSON.stringify(detail, null, 2)}</pre>
      </Section>
    </div>
  );
}
