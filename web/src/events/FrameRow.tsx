import { IconChevronRight } from "@tabler/icons-react";
import { useState } from "react";
import type { Frame, MetaTree } from "../api/eventShapes";
import { CopyIcon } from "../design/Copy";
import { CodeLines } from "./CodeLines";
import styles from "./FrameRow.module.css";
import { functionName, libraryOf, nearLines, placeOf } from "./frames";
import { KeyValues } from "./KeyValues";
import { metaOf } from "./meta";

interface FrameRowProps {
  frame: Frame;
  meta: MetaTree | undefined;
  open: boolean;
}

/** One frame: where, and when opened its code and locals. */
export function FrameRow({ frame, meta, open }: FrameRowProps) {
  const near = nearLines(frame);
  const all = frame.context;
  const locals = Object.entries(frame.vars ?? {});
  const hasMore = near.length > 0 || locals.length > 0;
  const [opened, setOpened] = useState(open && hasMore);
  const [whole, setWhole] = useState(false);
  const library = frame.inApp ? undefined : libraryOf(frame);

  return (
    <li className={styles.frame} data-own={frame.inApp === true}>
      <div className={styles.head}>
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={hasMore ? opened : undefined}
          disabled={!hasMore}
          onClick={() => setOpened(!opened)}
        >
          <IconChevronRight size={14} className={styles.chevron} data-none={!hasMore} />
          <span className={styles.function}>{functionName(frame)}</span>
          <span className={styles.place}>{placeOf(frame)}</span>
        </button>
        {opened && all.length > near.length && (
          <button type="button" className={styles.whole} onClick={() => setWhole(!whole)}>
            {whole ? "fewer lines" : `${all.length} lines`}
          </button>
        )}
        {library && <span className={styles.library}>{library}</span>}
        {frame.instructionAddr && <code className={styles.address}>{frame.instructionAddr}</code>}
        <span className={styles.copy}>
          <CopyIcon text={frame.absPath || placeOf(frame)} what="the full path" />
        </span>
      </div>
      {opened && near.length > 0 && <CodeLines lines={whole ? all : near} failing={frame.lineNo} />}
      {opened && locals.length > 0 && (
        <div className={styles.locals}>
          <KeyValues rows={locals} meta={metaOf(meta, "vars")} />
        </div>
      )}
    </li>
  );
}
