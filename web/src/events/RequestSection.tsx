import type { EventDetail } from "../api/eventShapes";
import { CopyButton } from "../design/Copy";
import { asCurl, bodyText, fullUrl } from "./curl";
import { entryOf } from "./entries";
import { KeyValues } from "./KeyValues";
import { metaOf } from "./meta";
import { RemarkMark } from "./RemarkMark";
import styles from "./RequestSection.module.css";
import { Section } from "./Section";
import { ValueTree } from "./ValueTree";

/** The HTTP request that was being served, part by part. */
export function RequestSection({ event }: { event: EventDetail }) {
  const entry = entryOf(event, "request");
  if (!entry) {
    return null;
  }
  const { data: request, meta } = entry;
  const query = request.query;
  const headers = request.headers;
  const cookies = request.cookies;
  const env = Object.entries(request.env ?? {});
  const body = bodyText(request.data);
  return (
    <Section
      id="request"
      title="Request"
      actions={
        <>
          <CopyButton text={() => asCurl(request)} what="curl" />
          <CopyButton text={() => fullUrl(request)} what="URL" />
        </>
      }
    >
      <p className={styles.line}>
        <span className={styles.method}>{request.method ?? "GET"}</span>
        <span className={styles.url}>{fullUrl(request) || "no URL"}</span>
        <RemarkMark meta={metaOf(meta, "url")} />
      </p>
      {query.length > 0 && (
        <Part title="Query">
          <KeyValues rows={query} meta={metaOf(meta, "query")} metaBy="place" />
        </Part>
      )}
      {body !== undefined && (
        <Part title={request.inferredContentType ? `Body, ${request.inferredContentType}` : "Body"}>
          <ValueTree value={request.data} meta={metaOf(meta, "data")} open={2} />
        </Part>
      )}
      {headers.length > 0 && (
        <Part title="Headers">
          <KeyValues rows={headers} meta={metaOf(meta, "headers")} metaBy="place" />
        </Part>
      )}
      {cookies.length > 0 && (
        <Part title="Cookies">
          <KeyValues rows={cookies} meta={metaOf(meta, "cookies")} metaBy="place" />
        </Part>
      )}
      {env.length > 0 && (
        <Part title="Environment of the server">
          <KeyValues rows={env} meta={metaOf(meta, "env")} />
        </Part>
      )}
    </Section>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className={styles.part}>
      <h3 className={styles.title}>{title}</h3>
      {children}
    </div>
  );
}
