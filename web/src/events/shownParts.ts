import { useEffect, useSyncExternalStore } from "react";

const shown = new Set<string>();
const listeners = new Set<() => void>();
let snapshot: readonly string[] = [];

function change(edit: () => void) {
  edit();
  snapshot = [...shown];
  for (const listener of listeners) {
    listener();
  }
}

/** Says that the page has a part with this id, for as long as it stands. */
export function useShownPart(id: string) {
  useEffect(() => {
    change(() => shown.add(id));
    return () => change(() => shown.delete(id));
  }, [id]);
}

/** The ids of the parts on the page now, in no order. */
export const useShownParts = () => useSyncExternalStore(subscribe, () => snapshot);

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
