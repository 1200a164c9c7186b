import { expect, it } from "vitest";
import { runSearch, runsWithin } from "./runSearch";

it("tells transactions of one name apart by what they do", () => {
  expect(runSearch({ transaction: "GET /", op: "http.server" })).toBe(
    'is_transaction:true transaction:"GET /" span.op:http.server',
  );
  expect(runSearch({ transaction: "sync" })).toBe("is_transaction:true transaction:sync");
});

it("keeps the ends of a stretch of durations to the microsecond", () => {
  expect(runsWithin({ transaction: "sync" }, 0.4151, 12.5)).toBe(
    "is_transaction:true transaction:sync span.duration:>=0.415ms span.duration:<12.5ms",
  );
  expect(runsWithin({ transaction: "sync" }, 300)).toBe("is_transaction:true transaction:sync span.duration:>=300ms");
});
