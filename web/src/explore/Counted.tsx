import { useQuery } from "@tanstack/react-query";
import { countedText } from "./countedText";
import styles from "./ExplorePage.module.css";
import { eventCountQuery } from "./exploreQueries";
import type { ExploreSearch, Question } from "./exploreSearch";

interface CountedProps {
  org: string;
  search: ExploreSearch;
  question: Question;
  /** The answer itself comes first. */
  waits: boolean;
}

/** The rows that an answer is made of; without that it is an answer all the same, so a failure is not shown. */
export function Counted({ org, search, question: { dataset, query }, waits }: CountedProps) {
  const { data } = useQuery({ ...eventCountQuery(org, search, { dataset, query }), enabled: !waits });
  return (
    <p className={styles.note}>
      {data && data.body.stored > 0 ? countedText(data.body, data.partial, dataset, search) : "\u00a0"}
    </p>
  );
}
