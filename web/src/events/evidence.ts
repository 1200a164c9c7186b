export type EvidenceLine = readonly [name: string, value: string];

/** The lines for people in what raised an event that nobody sent: a performance problem, a regression. Empty: a client sent it. */
export function evidenceOf(occurrence: unknown): EvidenceLine[] {
  const lines = field(occurrence, "evidenceDisplay");
  return Array.isArray(lines)
    ? lines.flatMap((line): EvidenceLine[] => {
        const [name, value] = [field(line, "name"), field(line, "value")];
        return typeof name === "string" && typeof value === "string" && value !== "" ? [[name, value]] : [];
      })
    : [];
}

function field(of: unknown, name: string): unknown {
  return typeof of === "object" && of !== null ? (of as Record<string, unknown>)[name] : undefined;
}
