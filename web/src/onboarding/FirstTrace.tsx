import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Segments } from "../design/Segments";
import { Empty } from "../design/States";
import { keysQuery } from "../projects/projectQueries";
import { projectsQuery } from "../shell/organizations";
import type { Scope } from "../shell/scope";
import styles from "./FirstTrace.module.css";
import { SnippetBlock } from "./SnippetBlock";
import { otlpSnippet, tracedPlatform, tracedPlatforms, tracingSnippet } from "./tracing";

interface FirstTraceProps {
  org: string;
  scope: Scope;
  title: string;
  /** The platform whose snippet is shown, where only one sends what is missing. */
  platform?: string;
}

/** What to paste where nothing has come yet: for a Sentry SDK and for OpenTelemetry. */
export function FirstTrace({ org, scope, title, platform }: FirstTraceProps) {
  const projects = useQuery(projectsQuery(org)).data;
  const project = projects?.find((one) => !scope.project || scope.project.includes(one.id));
  const keys = useQuery({ ...keysQuery(org, project?.slug ?? ""), enabled: project !== undefined });
  const dsn = keys.data?.find((key) => key.isActive)?.dsn.public;
  const [way, setWay] = useState<"sentry" | "otlp">("sentry");
  const [picked, setPicked] = useState<string>();
  const chosen = picked ?? platform ?? tracedPlatform(project?.platform) ?? "node";
  const snippet = dsn && (way === "otlp" ? otlpSnippet(dsn) : tracingSnippet(chosen, dsn));
  return (
    <Empty title={title}>
      <div>
        {project ? (
          <>
            {project.slug} sends traces once its SDK is told which share of them to keep. This page notices the first by
            itself.
          </>
        ) : (
          "Traces come from a project; create one first."
        )}
      </div>
      {!platform && dsn && (
        <div className={styles.ways}>
          <Segments
            aria-label="How traces are sent"
            data={[
              { value: "sentry", label: "Sentry SDK" },
              { value: "otlp", label: "OpenTelemetry" },
            ]}
            value={way}
            onChange={(value) => setWay(value === "otlp" ? "otlp" : "sentry")}
          />
          {way === "sentry" && (
            <Select
              aria-label="Platform"
              searchable
              data={tracedPlatforms}
              value={chosen}
              onChange={(value) => setPicked(value ?? undefined)}
            />
          )}
        </div>
      )}
      {snippet && <SnippetBlock snippet={snippet} />}
    </Empty>
  );
}
