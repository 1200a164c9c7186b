/** What the server said went wrong: its `detail` text and, for forms, one message per field. */
export class ApiError extends Error {
  readonly status: number;
  readonly fields: Record<string, string>;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, body: unknown, retryAfter: string | null) {
    super(detailOf(body) ?? fallback(status));
    this.name = "ApiError";
    this.status = status;
    this.fields = fieldsOf(body);
    this.retryAfterSeconds = retryAfter && /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined;
  }
}

function detailOf(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null) {
    return undefined;
  }
  if ("detail" in body) {
    if (typeof body.detail === "string") {
      return body.detail;
    }
    if (typeof body.detail === "object" && body.detail !== null && "message" in body.detail) {
      return String(body.detail.message);
    }
  }
  const first = Object.values(fieldsOf(body))[0];
  return first;
}

/** Reads `{field: ["message"]}` bodies; a single text is accepted as well. */
function fieldsOf(body: unknown): Record<string, string> {
  const fields: Record<string, string> = {};
  if (typeof body !== "object" || body === null) {
    return fields;
  }
  for (const [key, value] of Object.entries(body)) {
    const text: unknown = Array.isArray(value) ? value[0] : value;
    if (key !== "detail" && typeof text === "string") {
      fields[key] = text;
    }
  }
  return fields;
}

function fallback(status: number): string {
  if (status === 0) {
    return "The server cannot be reached.";
  }
  if (status === 503) {
    return "The server is busy or its disk is full. It will answer again by itself.";
  }
  return `The server answered ${status}.`;
}
