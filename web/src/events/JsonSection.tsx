import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { urlOf } from "../api/client";
import { Button, buttonLook } from "../design/Button";
import { CopyButton } from "../design/Copy";
import { Bones, Failure } from "../design/States";
import { rawEventQuery } from "./eventQueries";
import styles from "./JsonSection.module.css";
import { Section } from "./Section";

interface JsonSectionProps {
  org: string;
  project: string;
  eventId: string;
}

const shownAtMost = 200_000;

/** The event as it is stored, asked for only when somebody wants to see it. */
export function JsonSection({ org, project, eventId }: JsonSectionProps) {
  const [wanted, setWanted] = useState(false);
  const json = useQuery({ ...rawEventQuery(org, project, eventId), enabled: wanted });
  const text = json.data;
  return (
    <Section
      id="json"
      title="JSON"
      actions={
        <>
          {text && <CopyButton text={text} what="Copy" />}
          <a
            {...buttonLook({ look: "quiet", small: true })}
            href={urlOf(`projects/${org}/${project}/events/${eventId}/json/`)}
            download={`${eventId}.json`}
          >
            <IconDownload size={13} />
            Download
          </a>
        </>
      }
    >
      {!wanted && (
        <Button small onClick={() => setWanted(true)}>
          Show the stored event
        </Button>
      )}
      {wanted && json.isPending && <Bones rows={4} height={24} />}
      {json.isError && (
        <Failure what="The stored event could not be read" error={json.error} retry={() => void json.refetch()} />
      )}
      {text && (
        <pre className={styles.json}>
          {text.slice(0, shownAtMost)}
          {text.length > shownAtMost && "\n… the download has all of it"}
        </pre>
      )}
    </Section>
  );
}
