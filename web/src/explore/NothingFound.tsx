import { Empty } from "../design/States";
import { FirstTrace } from "../onboarding/FirstTrace";
import { periodLabel } from "../shell/scope";
import type { ExploreSearch, Question } from "./exploreSearch";

interface NothingFoundProps {
  org: string;
  search: ExploreSearch;
  question: Question;
}

/** Why there is nothing, and what to do. */
export function NothingFound({ org, search, question: { dataset, query } }: NothingFoundProps) {
  const time = search.start ? "this time" : `the ${periodLabel(search).toLowerCase()}`;
  if (query) {
    return (
      <Empty title={dataset === "spans" ? "No span matches" : "No error matches"}>
        Nothing fits <code>{query}</code> in {time}. A longer time or fewer words may find more.
      </Empty>
    );
  }
  return dataset === "spans" ? (
    <FirstTrace org={org} scope={search} what="span" />
  ) : (
    <Empty title={`No error in ${time}`}>A longer time or other projects may have some.</Empty>
  );
}
