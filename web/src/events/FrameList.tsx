import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import type { Frame, MetaTree, StackTrace } from "../api/eventShapes";
import styles from "./FrameList.module.css";
import { FrameRow } from "./FrameRow";
import { type FrameGroup, foldedLabel, groupFrames, type PlacedFrame } from "./frames";
import { metaOf } from "./meta";

interface FrameListProps {
  stack: StackTrace;
  meta: MetaTree | undefined;
  /** Whether library frames are folded. */
  fold: boolean;
}

// A recursion of a thousand frames must not open a thousand pieces of code.
const openAtMost = 8;

/** Frames newest first; those of the application open with their code. */
export function FrameList({ stack, meta, fold }: FrameListProps) {
  const frames = stack.frames ?? [];
  const groups = fold ? groupFrames(frames) : allFrames(stack);
  const own = groups.flatMap((group) =>
    group.kind === "frame" && group.frame.inApp && !repeats(frames, group.index) ? [group.index] : [],
  );
  const anyOwn = own.length > 0;
  const opened = new Set(
    anyOwn
      ? own.slice(0, openAtMost)
      : groups.flatMap((group) => (group.kind === "frame" ? [group.index] : [])).slice(0, 1),
  );
  const row = ({ frame, index }: PlacedFrame) => (
    <FrameRow key={index} frame={frame} meta={metaOf(meta, "frames", index)} open={opened.has(index)} />
  );

  return (
    <ol className={styles.frames}>
      {groups.map((group) =>
        group.kind === "frame" ? (
          row(group)
        ) : (
          <Folded key={`fold-${group.frames[0]?.index}`} frames={group.frames} row={row} />
        ),
      )}
      {stack.framesOmitted && (
        <li className={styles.omitted}>
          Frames {stack.framesOmitted[0]} to {stack.framesOmitted[1]} were left out by the client.
        </li>
      )}
    </ol>
  );
}

/** Whether the next newer frame is in the same line, as in a recursion: its code is already in sight. */
function repeats(frames: readonly Frame[], index: number): boolean {
  const here = frames[index];
  const newer = frames[index + 1];
  return (
    here?.lineNo !== null &&
    here?.lineNo === newer?.lineNo &&
    here?.filename === newer?.filename &&
    here?.function === newer?.function
  );
}

function allFrames(stack: StackTrace): FrameGroup[] {
  return (stack.frames ?? []).map((frame, index): FrameGroup => ({ kind: "frame", frame, index })).toReversed();
}

function Folded({ frames, row }: { frames: PlacedFrame[]; row: (one: PlacedFrame) => React.ReactNode }) {
  const [opened, setOpened] = useState(false);
  if (opened) {
    return frames.map(row);
  }
  return (
    <li className={styles.fold}>
      <button type="button" className={styles.unfold} onClick={() => setOpened(true)}>
        <IconDots size={14} />
        {foldedLabel(frames)}
      </button>
    </li>
  );
}
