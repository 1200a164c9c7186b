import { expect, it } from "vitest";
import { hasFailed } from "./failing";

it("takes a run for failed by the same statuses as the server", () => {
  const statuses = ["ok", "cancelled", "unknown", "", "internal_error", "not_found", "deadline_exceeded"];
  expect(statuses.filter(hasFailed)).toEqual(["internal_error", "not_found", "deadline_exceeded"]);
});
