import type { ErrorComponentProps } from "@tanstack/react-router";
import { useRouter } from "@tanstack/react-router";
import { Failure } from "../design/States";

export function RouteFailure({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <Failure
      what="This page could not be shown"
      error={error}
      retry={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
}
