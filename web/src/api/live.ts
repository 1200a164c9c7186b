import { useEffect, useRef } from "react";
import { prefix } from "./prefix";
import type { LiveIssue } from "./shapes";

export interface LiveProject {
  projectId: string;
  firstEvent: boolean;
}

interface LiveHandlers {
  issue?: (change: LiveIssue) => void;
  project?: (change: LiveProject) => void;
}

/** Server-sent news of an organization. The browser reconnects by itself; while the tab is hidden nothing is listened to. */
export function useLive(org: string, handlers: LiveHandlers): void {
  const current = useRef(handlers);
  useEffect(() => {
    current.current = handlers;
  });

  useEffect(() => {
    let source: EventSource | undefined;
    const open = () => {
      source = new EventSource(`${prefix}/api/0/organizations/${org}/live/`);
      source.addEventListener("issue", (event) => current.current.issue?.(JSON.parse(event.data) as LiveIssue));
      source.addEventListener("project", (event) => current.current.project?.(JSON.parse(event.data) as LiveProject));
    };
    const follow = () => {
      if (document.hidden) {
        source?.close();
        source = undefined;
      } else if (!source) {
        open();
      }
    };
    follow();
    document.addEventListener("visibilitychange", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      source?.close();
    };
  }, [org]);
}
