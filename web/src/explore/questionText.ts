import { columnName, columnOf } from "./columns";
import { defaultTop, mostShown, type Question } from "./exploreSearch";

/**
 * A question as one line: `spans count(), p95(span.duration) by span.op order -count() top 5 where transaction:/cart`.
 * Only what is to be shown must be said; `where` is followed by the search, to the end.
 */
export function textOf({ dataset, show, by, sort, top, query }: Question): string {
  return [
    dataset,
    show.map(columnName).join(", "),
    by.length > 0 && `by ${by.join(", ")}`,
    sort !== `-${show[0]}` && `order ${sort.startsWith("-") ? "-" : ""}${columnName(sort.replace(/^-/, ""))}`,
    by.length > 0 && top !== defaultTop && `top ${top}`,
    query && `where ${query}`,
  ]
    .filter(Boolean)
    .join(" ");
}

export type ReadQuestion = { question: Question } | { mistake: string };

export function readText(line: string): ReadQuestion {
  const parts = clausesOf(line.trim());
  const dataset = /^(spans|errors)\b\s*/.exec(parts.show);
  const asked = listOf(parts.show.slice(dataset?.[0].length ?? 0));
  const by = listOf(parts.by ?? "");
  const wrong = asked.find((one) => columnOf(one) === undefined);
  if (wrong !== undefined) {
    return {
      mistake: `${wrong} is no function: write ${wrong === "count" ? "count()" : "p95(span.duration), count() …"}`,
    };
  }
  const show = asked.flatMap((one) => columnOf(one) ?? []);
  if (show.length > mostShown) {
    return { mistake: `At most ${mostShown} functions have room.` };
  }
  const shown = show.length > 0 ? show : ["count()"];
  const top = parts.top === undefined ? defaultTop : Number(parts.top);
  if (!Number.isInteger(top) || top < 1 || top > 10) {
    return { mistake: "top takes a whole number from 1 to 10." };
  }
  const columns = [...shown, ...by];
  const wanted = parts.order ?? `-${columnName(columns[0] ?? "")}`;
  const ordering = columns.find((one) => columnName(one) === wanted.replace(/^-/, ""));
  if (ordering === undefined) {
    const names = columns.map(columnName).join(", ");
    return { mistake: `order takes one of ${names}, with a dash for the largest first.` };
  }
  const sort = wanted.startsWith("-") ? `-${ordering}` : ordering;
  return {
    question: {
      dataset: dataset?.[1] === "errors" ? "errors" : "spans",
      query: parts.where ?? "",
      show: shown,
      by,
      top,
      sort,
    },
  };
}

type Clause = "show" | "by" | "order" | "top" | "where";

/** Cuts the line at its words, which count only outside brackets and quotes. */
function clausesOf(line: string): { show: string } & Partial<Record<Clause, string>> {
  const found: { clause: Clause; from: number; start: number }[] = [];
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const letter = line[at];
    if (letter === '"') {
      quoted = !quoted;
    } else if (!quoted && letter === "(") {
      depth++;
    } else if (!quoted && letter === ")") {
      depth--;
    } else if (!quoted && depth === 0 && (at === 0 || line[at - 1] === " ")) {
      const word = /^(by|order|top|where)(?= |$)/.exec(line.slice(at))?.[1];
      if (word) {
        found.push({ clause: word as Clause, from: at, start: at + word.length });
        if (word === "where") {
          break;
        }
      }
    }
  }
  const clauses: { show: string } & Partial<Record<Clause, string>> = {
    show: line.slice(0, found[0]?.from ?? line.length).trim(),
  };
  found.forEach(({ clause, start }, index) => {
    clauses[clause] = line.slice(start, found[index + 1]?.from ?? line.length).trim();
  });
  return clauses;
}

/** Splits at commas outside brackets. */
function listOf(text: string): string[] {
  const items: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    const letter = text[at];
    depth += letter === "(" ? 1 : letter === ")" ? -1 : 0;
    if (at === text.length || (letter === "," && depth === 0)) {
      items.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...new Set(items.filter((item) => item !== ""))];
}
