import type { ExceptionValue, MetaTree } from "../api/eventShapes";
import styles from "./ExceptionBlock.module.css";
import { FrameList } from "./FrameList";
import { metaOf } from "./meta";
import { RemarkMark } from "./RemarkMark";
import { rawStack } from "./stackText";
import type { StackMode } from "./useStackMode";

interface ExceptionBlockProps {
  exception: ExceptionValue;
  meta: MetaTree | undefined;
  mode: StackMode;
  platform: string | null;
  part: "thrown" | "cause" | "member";
}

const partWords = { thrown: undefined, cause: "Caused by", member: "One of the group" };

export function ExceptionBlock({ exception, meta, mode, platform, part }: ExceptionBlockProps) {
  const { mechanism, stacktrace } = exception;
  const hasFrames = (stacktrace?.frames?.length ?? 0) > 0;
  const help = mechanism?.help_link;
  return (
    <div className={styles.block}>
      {exception.type !== null && (
        <div className={styles.head}>
          {partWords[part] && <div className={styles.part}>{partWords[part]}</div>}
          <div className={styles.type}>
            {exception.type}
            {exception.module && <span className={styles.module}>{exception.module}</span>}
          </div>
          {exception.value && (
            <div className={styles.value}>
              {exception.value}
              <RemarkMark meta={metaOf(meta, "value")} />
            </div>
          )}
          {mechanism && (
            <div className={styles.mechanism}>
              {mechanism.handled === false && <span data-mark="unhandled">unhandled</span>}
              {mechanism.handled === true && <span>handled</span>}
              {mechanism.type && mechanism.type !== "generic" && <span>{mechanism.type}</span>}
              {mechanism.synthetic && (
                <span title="The client made this exception up to carry the stack">synthetic</span>
              )}
              {mechanism.source && <span>from {mechanism.source}</span>}
              {mechanism.description && <em>{mechanism.description}</em>}
              {help && /^https?:\/\//.test(help) && (
                <a href={help} target="_blank" rel="noreferrer noopener">
                  help
                </a>
              )}
            </div>
          )}
        </div>
      )}
      {mode === "raw" ? (
        <pre className={styles.raw}>{rawStack(exception, platform)}</pre>
      ) : hasFrames && stacktrace ? (
        <FrameList stack={stacktrace} meta={metaOf(meta, "stacktrace")} fold={mode === "app"} />
      ) : (
        <p className={styles.none}>The client sent no stack with it.</p>
      )}
    </div>
  );
}
