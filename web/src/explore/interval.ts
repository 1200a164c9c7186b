import { defaultPeriod, type Scope } from "../shell/scope";

const unit: Record<string, number> = { m: 60, h: 3600, d: 86_400, w: 604_800 };
const steps = ["1m", "2m", "5m", "10m", "15m", "30m", "1h", "2h", "4h", "8h", "12h", "1d", "2d", "1w"];

const secondsOf = (period: string): number => Number(period.slice(0, -1)) * (unit[period.slice(-1)] ?? 60);

/** The shortest round step that cuts the time of a page into at most so many. */
export function intervalOf(scope: Scope, most: number): string {
  const length =
    scope.start && scope.end
      ? (Date.parse(scope.end) - Date.parse(scope.start)) / 1000
      : secondsOf(scope.statsPeriod ?? defaultPeriod);
  return steps.find((step) => length / secondsOf(step) <= most) ?? "1w";
}
