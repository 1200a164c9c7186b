import { expect, it } from "vitest";
import { intervalOf } from "./interval";

it("cuts a time into no more steps than have room", () => {
  expect(intervalOf({ statsPeriod: "1h" }, 60)).toBe("1m");
  expect(intervalOf({ statsPeriod: "24h" }, 100)).toBe("15m");
  expect(intervalOf({}, 60)).toBe("8h");
  expect(intervalOf({ start: "2026-11-20T00:00:00Z", end: "2026-11-20T06:00:00Z" }, 60)).toBe("10m");
});
