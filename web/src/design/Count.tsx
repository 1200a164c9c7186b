import { exactNumber, shortNumber } from "./format";

export function Count({ value }: { value: number }) {
  return <span title={exactNumber(value)}>{shortNumber(value)}</span>;
}
