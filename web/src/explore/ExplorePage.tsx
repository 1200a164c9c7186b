import { IconForms, IconTerminal2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useRef } from "react";
import { Button } from "../design/Button";
import { Segments } from "../design/Segments";
import { useKeys } from "../design/useKeys";
import { QueryBox, type QueryBoxHandle } from "../search/QueryBox";
import styles from "./ExplorePage.module.css";
import { type ExploreSearch, type Question, questionOf, searchOf } from "./exploreSearch";
import { facetKeysQuery } from "./facetQueries";
import { GroupView } from "./GroupView";
import { QuestionForm } from "./QuestionForm";
import { QuestionLine } from "./QuestionLine";
import { SampleView } from "./SampleView";
import { useVocabulary } from "./useVocabulary";

/** Any question about spans and errors: as a chart, as a table, and down to the rows. */
export function ExplorePage() {
  const { org } = useParams({ from: "/inside/organizations/$org/explore" });
  const search = useSearch({ from: "/inside/organizations/$org/explore" });
  const navigate = useNavigate({ from: "/organizations/$org/explore" });
  const question = questionOf(search);
  const vocabulary = useVocabulary(org, search, question.dataset);
  const tags = useQuery(facetKeysQuery(org, search, question.dataset)).data ?? [];
  const box = useRef<QueryBoxHandle>(null);
  const samples = search.mode === "samples";
  const asText = search.form === "text" && !samples;

  const change = (part: Partial<ExploreSearch>) => void navigate({ search: (old) => ({ ...old, ...part }) });
  const ask = (part: Partial<Question>) => change(searchOf({ ...question, ...part }, search));
  const askOther = (dataset: string) =>
    change({
      dataset: dataset === "errors" ? "errors" : undefined,
      show: undefined,
      by: undefined,
      sort: undefined,
      field: undefined,
      query: undefined,
    });
  useKeys({ "/": () => box.current?.focus() });

  return (
    <div className={styles.page}>
      {!asText && (
        <QueryBox
          ref={box}
          label="Search"
          placeholder={question.dataset === "spans" ? "Search spans: span.op:db span.duration:>300ms" : "Search errors"}
          vocabulary={vocabulary}
          query={question.query}
          search={(query) => ask({ query })}
        />
      )}
      <div className={styles.bar}>
        <Segments
          aria-label="Dataset"
          data={[
            { value: "spans", label: "Spans" },
            { value: "errors", label: "Errors" },
          ]}
          value={question.dataset}
          onChange={askOther}
        />
        <Segments
          aria-label="View"
          data={[
            { value: "groups", label: "Chart" },
            { value: "samples", label: "Samples" },
          ]}
          value={samples ? "samples" : "groups"}
          onChange={(mode) => change({ mode: mode === "samples" ? "samples" : undefined })}
        />
        {!samples && !asText && <QuestionForm question={question} tags={tags} ask={ask} />}
        {asText && <QuestionLine question={question} ask={ask} />}
        {!samples && (
          <Button
            className={styles.form}
            look="quiet"
            before={asText ? <IconForms size={15} /> : <IconTerminal2 size={15} />}
            onClick={() => change({ form: asText ? undefined : "text" })}
          >
            {asText ? "Form" : "Text"}
          </Button>
        )}
      </div>
      {samples ? (
        <SampleView org={org} search={search} question={question} tags={tags} change={change} />
      ) : (
        <GroupView org={org} search={search} question={question} ask={ask} change={change} />
      )}
    </div>
  );
}
