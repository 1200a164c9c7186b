/** What must be known of an answer before its numbers are believed. */
export interface Marks {
  /** Part of the rows is not in it. */
  partial: boolean;
  /** Its rows stand for others that were not sent or not kept. */
  sampled: boolean;
}

/** From the headers of an answer in whose body there is no room for them. */
export const marksOf = (headers: Headers): Marks => ({
  partial: headers.get("X-Tocsin-Partial") === "1",
  sampled: headers.get("X-Tocsin-Sampled") === "1",
});
