import { PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api } from "../api/client";
import type { User } from "../api/shapes";
import { Button } from "../design/Button";
import { AccessFrame } from "./AccessFrame";
import styles from "./AccessFrame.module.css";

export function LoginPage() {
  const { next } = useSearch({ from: "/login" });
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const queries = useQueryClient();
  const router = useRouter();
  const navigate = useNavigate();

  const login = useMutation({
    mutationFn: () => api.post<User>("auth/login/", { email: email.trim(), password }),
    onSuccess: async () => {
      // Nothing of the person before may be seen by the one who just came in.
      queries.clear();
      await router.invalidate();
      await navigate({ href: localAddress(next), replace: true });
    },
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    login.mutate();
  };

  return (
    <AccessFrame title="Log in">
      <form className={styles.form} onSubmit={submit}>
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {login.isError && (
          <div className={styles.error} role="alert">
            {login.error.message}
          </div>
        )}
        <Button type="submit" look="primary" busy={login.isPending}>
          Log in
        </Button>
      </form>
    </AccessFrame>
  );
}

/** Only a path of this site may be gone to after the login. */
export function localAddress(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith("/login") ? next : "/";
}
