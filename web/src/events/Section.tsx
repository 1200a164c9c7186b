import { IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import styles from "./Section.module.css";
import { useShownPart } from "./shownParts";

interface SectionProps {
  /** For links into the page. */
  id: string;
  title: string;
  /** A few words after the title, such as a count. */
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  folded?: boolean;
}

/** A part of the event: a ruled heading that folds, never a card. */
export function Section({ id, title, note, actions, children, folded = false }: SectionProps) {
  const [open, setOpen] = useState(!folded);
  useShownPart(id);
  return (
    <section id={id} className={styles.section} aria-labelledby={`${id}-title`}>
      <header className={styles.head}>
        <h2 id={`${id}-title`} className={styles.title}>
          <button type="button" className={styles.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
            <IconChevronRight size={14} className={styles.chevron} />
            {title}
          </button>
        </h2>
        {note && <span className={styles.note}>{note}</span>}
        <span className={styles.gap} />
        {open && actions}
      </header>
      {open && <div className={styles.body}>{children}</div>}
    </section>
  );
}
