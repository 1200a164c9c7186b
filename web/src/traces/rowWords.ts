import { duration } from "../design/format";
import type { Row } from "./layout/rows";

/** A row as it is read aloud. */
export function rowWords(row: Row, index: number, count: number): string {
  const place = `${index + 1} of ${count}, level ${row.depth + 1}`;
  const state = row.opens ? (row.open ? ", open" : ", closed") : "";
  if (row.kind === "fold") {
    const first = row.fold.members[0]?.span;
    return `${row.fold.members.length} times ${first?.description ?? first?.op ?? ""}, ${duration(row.fold.total)} in all, ${place}${state}`;
  }
  const { span, errors, lane } = row.node;
  const trouble = errors.length > 0 ? `, ${errors.length} errors` : span.failed ? `, ${span.status}` : "";
  return `${lane}, ${span.op} ${span.description ?? ""}, ${duration(span.duration)}${trouble}, ${place}${state}`;
}
