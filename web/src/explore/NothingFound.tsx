import { Empty } from "../design/States";
import { NoSpans } from "../onboarding/NoSpans";
import { inPeriod } from "../shell/scope";
import type { ExploreSearch, Question } from "./exploreSearch";

interface NothingFoundProps {
  org: string;
  search: ExploreSearch;
  question: Question;
}

/** Why there is nothing, and what to do. */
export function NothingFound({ org, search, question: { dataset, query } }: NothingFoundProps) {
  if (query) {
    return (
      <Empty title={dataset === "spans" ? "No span matches" : "No error matches"}>
        Nothing fits <code>{query}</code> {inPeriod(search)}. A longer time or fewer words may find more.
      </Empty>
    );
  }
  return dataset === "spans" ? (
    <NoSpans org={org} scope={search} what="span" />
  ) : (
    <Empty title={`No error ${inPeriod(search)}`}>A longer time or other projects may have some.</Empty>
  );
}
