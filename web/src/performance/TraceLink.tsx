import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { keepScope } from "../shell/scope";

interface TraceLinkProps {
  org: string;
  trace: string;
  span?: string | null;
  children: ReactNode;
}

/** To the waterfall of a trace, with the span selected that led there. */
export function TraceLink({ org, trace, span, children }: TraceLinkProps) {
  return (
    <Link
      to="/organizations/$org/traces/$traceId"
      params={{ org, traceId: trace }}
      search={(old) => ({ ...keepScope(old), span: span ?? undefined })}
    >
      {children}
    </Link>
  );
}
