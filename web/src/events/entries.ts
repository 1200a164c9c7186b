import type { EntryData, EventDetail, ExceptionValue, Frame, MetaTree } from "../api/eventShapes";
import { metaOf } from "./meta";

export interface PlacedEntry<T> {
  data: T;
  /** The remarks on it. */
  meta: MetaTree | undefined;
}

/** The entry of a kind; an event has at most one of each. */
export function entryOf<K extends keyof EntryData>(event: EventDetail, type: K): PlacedEntry<EntryData[K]> | undefined {
  const index = event.entries.findIndex((entry) => entry.type === type);
  const entry = event.entries[index];
  return entry && { data: entry.data as EntryData[K], meta: metaOf(event._meta, "entries", index, "data") };
}

export interface PlacedException {
  exception: ExceptionValue;
  meta: MetaTree | undefined;
}

/** The thrown exception first, its causes after it. */
export function exceptionsOf(event: EventDetail): PlacedException[] {
  const entry = entryOf(event, "exception");
  return (entry?.data.values ?? [])
    .map((exception, index) => ({ exception, meta: metaOf(entry?.meta, "values", index) }))
    .toReversed();
}

/** The frame to blame: the newest of the application, else the newest of all, in the thrown exception or the crashed thread. */
export function topFrame(event: EventDetail): Frame | undefined {
  const threads = entryOf(event, "threads")?.data.values ?? [];
  const stacks = [
    ...exceptionsOf(event).map(({ exception }) => exception.stacktrace),
    entryOf(event, "stacktrace")?.data,
    (threads.find((thread) => thread.crashed) ?? threads.find((thread) => thread.current))?.stacktrace,
  ];
  const frames = stacks.flatMap((stack) => (stack?.frames?.length ? [stack.frames] : []));
  return frames.map((list) => list.findLast((frame) => frame.inApp)).find(Boolean) ?? frames[0]?.at(-1);
}
