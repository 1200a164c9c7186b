import type { Scope } from "../shell/scope";
import type { Dataset } from "./exploreQueries";

export type ChartKind = "line" | "area" | "bar";

/** A question, as the URL has it. What is absent is the default. */
export interface ExploreSearch extends Scope {
  dataset?: Dataset;
  query?: string;
  /** Functions to show, such as `p95(span.duration)`. */
  show?: string[];
  /** Fields to group by. */
  by?: string[];
  /** How many groups the chart shows. */
  top?: number;
  /** A column, with a dash in front for the largest first. */
  sort?: string;
  mode?: "samples";
  /** The columns of the samples. */
  field?: string[];
  chart?: ChartKind;
  /** The question as one line of text instead of a form. */
  form?: "text";
}

/** The question with its defaults filled in. */
export interface Question {
  dataset: Dataset;
  query: string;
  show: string[];
  by: string[];
  top: number;
  sort: string;
}

export const mostShown = 3;
const defaultShow = ["count()"];
export const defaultTop = 5;

const defaultFields: Record<Dataset, readonly string[]> = {
  spans: ["timestamp", "span.op", "span.description", "span.duration", "transaction", "project", "trace"],
  errors: ["timestamp", "title", "level", "transaction", "user", "release", "project", "trace"],
};

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
const texts = (value: unknown): string[] | undefined => {
  const all = (Array.isArray(value) ? value : [value]).flatMap((one) => text(one) ?? []);
  return all.length > 0 ? [...new Set(all)] : undefined;
};

export function readExploreSearch(search: Record<string, unknown>): ExploreSearch {
  const top = Number(search.top);
  const show = texts(search.show)?.slice(0, mostShown);
  return {
    dataset: search.dataset === "errors" ? "errors" : undefined,
    query: text(search.query),
    show: show?.join() === defaultShow.join() ? undefined : show,
    by: texts(search.by),
    top: Number.isInteger(top) && top >= 1 && top <= 10 && top !== defaultTop ? top : undefined,
    sort: text(search.sort),
    mode: search.mode === "samples" ? "samples" : undefined,
    field: texts(search.field),
    chart: search.chart === "area" || search.chart === "bar" ? search.chart : undefined,
    form: search.form === "text" ? "text" : undefined,
  };
}

export function questionOf(search: ExploreSearch): Question {
  const show = search.show ?? defaultShow;
  const by = search.by ?? [];
  const known = [...show, ...by];
  const sorted = search.sort && known.includes(search.sort.replace(/^-/, "")) ? search.sort : `-${show[0]}`;
  return {
    dataset: search.dataset ?? "spans",
    query: search.query ?? "",
    show,
    by,
    top: search.top ?? defaultTop,
    sort: sorted,
  };
}

/** What goes into the URL for a question, beside what the URL says of the page; defaults stay out. */
export function searchOf(question: Question, page: ExploreSearch = {}): ExploreSearch {
  const { dataset, query, show, by, top } = question;
  // An order by what is no longer shown would say nothing.
  const { sort } = questionOf(question);
  const asked = { dataset, query, show, by, top, sort: sort === `-${show[0]}` ? undefined : sort };
  return readExploreSearch({ ...page, ...asked });
}

export const sampleFields = (search: ExploreSearch): readonly string[] =>
  search.field ?? defaultFields[search.dataset ?? "spans"];
