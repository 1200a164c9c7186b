import { PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api } from "../api/client";
import { ApiError } from "../api/errors";
import type { User } from "../api/shapes";
import { Button } from "../design/Button";
import { AccessFrame } from "./AccessFrame";
import styles from "./AccessFrame.module.css";
import { setupQuery } from "./session";

const empty = { name: "", email: "", password: "", organization: "" };

/** The first visit: whoever holds the one-time link becomes the owner. */
export function SetupPage() {
  const { token } = useSearch({ from: "/setup" });
  const [form, setForm] = useState(empty);
  const setup = useQuery(setupQuery);
  const queries = useQueryClient();
  const router = useRouter();
  const navigate = useNavigate();

  const create = useMutation({
    mutationFn: () => api.post<User>("setup/", { token, ...form, email: form.email.trim() }),
    onSuccess: async () => {
      queries.clear();
      await router.invalidate();
      await navigate({ to: "/", replace: true });
    },
  });

  if (setup.data && !setup.data.required) {
    return (
      <AccessFrame title="Tocsin is set up already">
        <p className={styles.hint}>
          The set-up link works once. <Link to="/login">Log in</Link>
        </p>
      </AccessFrame>
    );
  }
  if (!token) {
    return (
      <AccessFrame title="Open the set-up link">
        <p className={styles.hint}>
          The server printed a one-time link when it started. Open that link to create the first account. A new one is
          printed at the next start.
        </p>
      </AccessFrame>
    );
  }

  const fields = create.error instanceof ApiError ? create.error.fields : {};
  const short = form.password.length > 0 && form.password.length < 10 ? "At least 10 characters." : undefined;
  const input = (key: keyof typeof empty) => ({
    value: form[key],
    error: fields[key] ?? (key === "password" ? short : undefined),
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setForm((old) => ({ ...old, [key]: value }));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!short) {
      create.mutate();
    }
  };

  return (
    <AccessFrame title="Set up Tocsin">
      <form className={styles.form} onSubmit={submit}>
        <TextInput
          label="Organization"
          description="Shown on top of every page."
          required
          autoFocus
          {...input("organization")}
        />
        <TextInput label="Your name" autoComplete="name" {...input("name")} />
        <TextInput label="E-mail" type="email" autoComplete="username" required {...input("email")} />
        <PasswordInput
          label="Password"
          description="At least 10 characters. It is stored as a hash only."
          autoComplete="new-password"
          required
          {...input("password")}
        />
        {create.isError && Object.keys(fields).length === 0 && (
          <div className={styles.error} role="alert">
            {create.error.message}
          </div>
        )}
        <Button type="submit" look="primary" busy={create.isPending}>
          Create account
        </Button>
      </form>
    </AccessFrame>
  );
}
