import type { RequestData } from "../api/eventShapes";

/** The request as a command for a POSIX shell. Everything is quoted: the values come from whoever sent the request. */
export function asCurl(request: RequestData): string {
  const parts = ["curl"];
  const method = (request.method ?? "GET").toUpperCase();
  const body = bodyText(request.data);
  if (method !== "GET" && /^[A-Z]+$/.test(method)) {
    parts.push(`-X ${method}`);
  }
  for (const [name, value] of request.headers) {
    if (!/^(content-length|host|connection|cookie|accept-encoding)$/i.test(name)) {
      parts.push(`-H ${quoted(`${name}: ${value ?? ""}`)}`);
    }
  }
  const cookies = request.cookies;
  if (cookies.length > 0) {
    parts.push(`-b ${quoted(cookies.map(([name, value]) => `${name}=${value ?? ""}`).join("; "))}`);
  }
  if (body !== undefined) {
    parts.push(`--data-raw ${quoted(body)}`);
  }
  parts.push(quoted(fullUrl(request)));
  return parts.join(" \\\n  ");
}

export function fullUrl(request: RequestData): string {
  const query = request.query
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value ?? "")}`)
    .join("&");
  const url = request.url ?? "";
  return `${url}${query ? `${url.includes("?") ? "&" : "?"}${query}` : ""}${request.fragment ? `#${request.fragment}` : ""}`;
}

export function bodyText(data: unknown): string | undefined {
  if (data === null || data === undefined || data === "") {
    return undefined;
  }
  return typeof data === "string" ? data : JSON.stringify(data);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
