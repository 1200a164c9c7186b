import { duration } from "../design/format";
import type { Row } from "./layout/rows";

/** A row as it is read aloud. */
export function rowWords(row: Row, index: number, count: number): string {
  const place = `${index + 1} of ${count}, level ${row.depth + 1}`;
  const state = row.opens ? (row.open ? ", open" : ", closed") : "";
  if (row.kind === "fold") {
    return `${row.fold.members.length} times ${row.fold.words}, ${duration(row.fold.total)} in all, ${place}${state}`;
  }
  const { span, errors, lane } = row.node;
  const trouble = errors.length > 0 ? `, ${errors.length} errors` : span.failed ? `, ${span.status}` : "";
  return `${lane}, ${span.op} ${span.description ?? ""}, ${duration(span.duration)}${trouble}, ${place}${state}`;
}
