import type { Vital } from "../api/performanceShapes";
import { allOf, term } from "../search/searchTokens";
import type { VitalSplit } from "./performanceSearch";

/** The attribute of a span that each split goes by. */
const fields: Record<VitalSplit, string> = {
  page: "transaction",
  browser: "browser.name",
  device: "device.class",
  connection: "connection",
  country: "geo.country_code",
  release: "release",
};

/** The search in Explore that finds the page loads of which a vital is known, among those asked for. */
export const pageLoads = (vital: Vital, query: string | undefined): string => allOf(`has:measurements.${vital}`, query);

/** Those with a value within a stretch. */
export const pageLoadsWithin = (vital: Vital, { from, to }: { from: number; to: number }, query: string | undefined) =>
  allOf(from > 0 && `measurements.${vital}:>${from}`, `measurements.${vital}:<=${to}`, query);

/** Those of one line of a split, also of the line that does not say it. */
export const pageLoadsOf = (by: VitalSplit, name: string, vital: Vital, query: string | undefined): string =>
  allOf(pageLoads(vital, query), name === "" ? `!has:${fields[by]}` : term(fields[by], name));

/** What names a vital's element: SDKs before streaming on the page load, later ones on a span of its own. */
const elements: Record<Vital, readonly string[]> = {
  lcp: ["lcp.element", "browser.web_vital.lcp.element"],
  cls: ["cls.source.1", "browser.web_vital.cls.source.1"],
  inp: ["browser.web_vital.inp.target", "span.description"],
  fcp: [],
  ttfb: [],
};

/** Those in which a vital was about one element. */
export const pageLoadsAt = (vital: Vital, element: string, query: string | undefined): string =>
  allOf(pageLoads(vital, query), elements[vital].map((key) => term(key, element)).join(" OR "));

/** What Explore shows of them. */
export const pageLoadFields = (vital: Vital): string[] => [
  "timestamp",
  "transaction",
  `measurements.${vital}`,
  "browser.name",
  "connection",
  "user",
  "trace",
];
