import { IconX } from "@tabler/icons-react";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import { Button } from "./Button";
import { IconButton } from "./IconButton";
import styles from "./Notices.module.css";

export interface Notice {
  text: string;
  tone?: "plain" | "error";
  /** Takes the change back; offered for ten seconds. */
  undo?: () => void;
  /** Called when the notice goes away and nobody undid it. */
  settled?: () => void;
}

type Shown = Notice & { id: number };

const visibleFor = 10_000;
const NoticesContext = createContext<(notice: Notice) => void>(() => undefined);

/** Says in a corner what was done, and offers to undo it. */
export function useNotice(): (notice: Notice) => void {
  return useContext(NoticesContext);
}

export function NoticesProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown[]>([]);
  const lastId = useRef(0);

  const close = useCallback((notice: Shown) => {
    setShown((all) => all.filter((one) => one.id !== notice.id));
  }, []);

  const show = useCallback(
    (notice: Notice) => {
      const entry: Shown = { ...notice, id: ++lastId.current };
      let over = false;
      const finish = (undone: boolean) => {
        if (!over) {
          over = true;
          close(entry);
          clearTimeout(timer);
          (undone ? notice.undo : notice.settled)?.();
        }
      };
      const timer = setTimeout(() => finish(false), visibleFor);
      entry.undo = notice.undo && (() => finish(true));
      entry.settled = () => finish(false);
      setShown((all) => [...all.slice(-2), entry]);
    },
    [close],
  );

  const list = useMemo(
    () => (
      <div className={styles.notices} role="status" aria-live="polite">
        {shown.map((notice) => (
          <div key={notice.id} className={styles.notice} data-tone={notice.tone ?? "plain"}>
            <span className={styles.text}>{notice.text}</span>
            {notice.undo && (
              <Button small onClick={notice.undo}>
                Undo
              </Button>
            )}
            <IconButton size={22} aria-label="Close" onClick={notice.settled}>
              <IconX size={14} />
            </IconButton>
          </div>
        ))}
      </div>
    ),
    [shown],
  );

  return (
    <NoticesContext value={show}>
      {children}
      {list}
    </NoticesContext>
  );
}
