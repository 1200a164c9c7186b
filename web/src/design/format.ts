const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `950`, `48.2k`, `1.3M`: at most four characters and a letter. */
export function shortNumber(value: number): string {
  const steps: [number, string][] = [
    [1e9, "B"],
    [1e6, "M"],
    [1e3, "k"],
  ];
  for (const [size, letter] of steps) {
    if (Math.abs(value) >= size) {
      const scaled = value / size;
      return `${scaled >= 100 ? Math.floor(scaled) : (Math.floor(scaled * 10) / 10).toString()}${letter}`;
    }
  }
  return Number.isInteger(value) ? value.toString() : value.toFixed(value < 1 ? 2 : 1);
}

/** `1,234,567.891`. By hand: what the browser's own formatting loads for its first number costs a list its first paint. */
export function exactNumber(value: number): string {
  const [whole = "", part] = String(Math.round(Math.abs(value) * 1000) / 1000).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${value < 0 ? "-" : ""}${grouped}${part ? `.${part}` : ""}`;
}

/** `310 µs`, `4.2 ms`, `310 ms`, `1.24 s`, `3 min 20 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds > 0 && milliseconds < 0.9995) {
    return `${Math.round(milliseconds * 1000)} µs`;
  }
  if (milliseconds < 999.5) {
    return `${milliseconds.toFixed(milliseconds >= 9.95 || milliseconds === 0 ? 0 : 1)} ms`;
  }
  if (milliseconds < minute - 5) {
    return `${(milliseconds / 1000).toFixed(2)} s`;
  }
  // Rounded before it is taken apart, or 59.7 s beside minutes would be 60 of them.
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) {
    return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  }
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** The age of a moment in its largest unit: `now`, `40s`, `12m`, `3h`, `5d`, `7w`, `4mo`, `2y`. */
export function age(at: number, now: number): string {
  const past = Math.max(0, now - at);
  const units: [number, string][] = [
    [365 * day, "y"],
    [60 * day, "mo"],
    [14 * day, "w"],
    [day, "d"],
    [hour, "h"],
    [minute, "m"],
  ];
  for (const [threshold, letter] of units) {
    if (past >= threshold) {
      const size = letter === "mo" ? 30 * day : letter === "w" ? 7 * day : threshold;
      return `${Math.floor(past / size)}${letter}`;
    }
  }
  return past < 10_000 ? "now" : `${Math.floor(past / 1000)}s`;
}

/** The moment in the person's own zone, to the second: `2026-11-20 18:01:06 GMT+1`. */
export function moment(at: Date): string {
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())} ${zone(-at.getTimezoneOffset())}`;
}

const two = (value: number) => value.toString().padStart(2, "0");

/** `UTC`, `GMT+1`, `GMT-3:30`, by minutes east of Greenwich. */
export function zone(minutes: number): string {
  const east = Math.abs(minutes);
  const rest = east % 60 === 0 ? "" : `:${two(east % 60)}`;
  return minutes === 0 ? "UTC" : `GMT${minutes < 0 ? "-" : "+"}${Math.floor(east / 60)}${rest}`;
}

/** `512 B`, `48.2 KB`, `1.3 GB`, in steps of 1 000. */
export function bytes(value: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let scaled = value;
  let step = 0;
  while (scaled >= 1000 && step < units.length - 1) {
    scaled /= 1000;
    step++;
  }
  return `${step === 0 || scaled >= 100 ? Math.round(scaled) : scaled.toFixed(1)} ${units[step]}`;
}

/** `1 event`, `2 events`. */
export function plural(count: number, noun: string): string {
  return `${exactNumber(count)} ${nounFor(count, noun)}`;
}

/** `event` of one, `events` of any other number. */
export const nounFor = (count: number, noun: string) => (count === 1 ? noun : `${noun}s`);

/** A share of one: `0.4%`, `12%`; never `0%` for more than nothing. */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.01) {
    return "<0.01%";
  }
  return `${value === 0 || value >= 9.95 ? Math.round(value) : value < 0.995 ? value.toFixed(2) : value.toFixed(1)}%`;
}

/** How often something happens, per minute, hour or day: in the unit in which it, or the highest that stands beside it, can be read. */
export function rate(perMinute: number, highestPerMinute: number = perMinute): string {
  const { minutes, unit } = rateUnit(highestPerMinute);
  return `${shortNumber(perMinute * minutes)}/${unit}`;
}

export interface RateUnit {
  minutes: number;
  unit: "min" | "h" | "d";
  name: "per minute" | "per hour" | "per day";
}

/** The unit in which rates that stand together are written: that in which the highest can be read. */
export function rateUnit(highestPerMinute: number): RateUnit {
  if (highestPerMinute === 0 || highestPerMinute >= 0.1) {
    return { minutes: 1, unit: "min", name: "per minute" };
  }
  return highestPerMinute * 60 >= 0.1
    ? { minutes: 60, unit: "h", name: "per hour" }
    : { minutes: 1440, unit: "d", name: "per day" };
}
