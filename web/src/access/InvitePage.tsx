import { PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api } from "../api/client";
import { ApiError } from "../api/errors";
import type { Invite, User } from "../api/shapes";
import { Button, buttonLook } from "../design/Button";
import { AccessFrame } from "./AccessFrame";
import styles from "./AccessFrame.module.css";
import { sessionQuery } from "./session";

/** Taking an invitation: a new person chooses name and password, one who has an account logs in first. */
export function InvitePage() {
  const { invite } = useSearch({ from: "/accept-invite" });
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const queries = useQueryClient();
  const router = useRouter();
  const navigate = useNavigate();
  const session = useQuery(sessionQuery);
  const path = `accept-invite/${encodeURIComponent(invite ?? "")}/`;
  const found = useQuery({
    queryKey: ["invite", invite],
    queryFn: ({ signal }) => api.get<Invite>(path, { signal }),
    enabled: invite !== undefined,
  });
  const accept = useMutation({
    mutationFn: () => api.post<User>(path, found.data?.hasAccount ? {} : { name: name.trim(), password }),
    onSuccess: async () => {
      queries.clear();
      await router.invalidate();
      await navigate({
        to: "/organizations/$org/issues",
        params: { org: found.data?.organizationSlug ?? "" },
        replace: true,
      });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    accept.mutate();
  };
  const fields = accept.error instanceof ApiError ? accept.error.fields : {};

  if (invite === undefined || found.isError) {
    return (
      <AccessFrame title="This invitation does not work">
        <p className={styles.hint}>{found.error?.message ?? "The link is not complete."}</p>
      </AccessFrame>
    );
  }
  if (!found.data) {
    return <AccessFrame title="Invitation">{null}</AccessFrame>;
  }
  const { email, organizationName, hasAccount } = found.data;
  const loggedIn = session.data?.user?.email.toLowerCase() === email.toLowerCase();
  if (hasAccount && !loggedIn) {
    return (
      <AccessFrame title={`Join ${organizationName}`}>
        <p className={styles.hint}>The invitation is for {email}. Log in with that address to take it.</p>
        <Link {...buttonLook({ look: "primary" })} to="/login" search={{ next: `/accept-invite?invite=${invite}` }}>
          Log in
        </Link>
      </AccessFrame>
    );
  }
  return (
    <AccessFrame title={`Join ${organizationName}`}>
      <form className={styles.form} onSubmit={submit}>
        <p className={styles.hint}>The invitation is for {email}.</p>
        {!hasAccount && (
          <>
            <TextInput
              label="Your name"
              autoComplete="name"
              autoFocus
              value={name}
              error={fields.name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <PasswordInput
              label="Password"
              description="At least 10 characters."
              autoComplete="new-password"
              required
              value={password}
              error={fields.password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          </>
        )}
        {accept.isError && Object.keys(fields).length === 0 && (
          <div className={styles.error} role="alert">
            {accept.error.message}
          </div>
        )}
        <Button type="submit" look="primary" busy={accept.isPending}>
          Join
        </Button>
      </form>
    </AccessFrame>
  );
}
