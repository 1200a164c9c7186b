import { PasswordInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { sessionQuery } from "../access/session";
import { api } from "../api/client";
import { ApiError } from "../api/errors";
import type { User } from "../api/shapes";
import { Button } from "../design/Button";
import form from "../design/ConfirmName.module.css";
import { useNotice } from "../design/Notices";
import { PageHead } from "./PageHead";
import { SavedText } from "./SavedText";
import { SessionList } from "./SessionList";
import { SettingRow } from "./SettingRow";
import { useSave } from "./useSave";

export function AccountPage() {
  const user = useQuery(sessionQuery).data?.user;
  const queries = useQueryClient();
  const save = useSave<User>(async (patch) => {
    await api.put<User>("users/me/", patch);
    await queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
  });
  if (!user) {
    return null;
  }
  return (
    <>
      <PageHead title="My account" explain={user.email} />
      <SettingRow label="Name" explain="Shown where you do something: assignments, comments, activity.">
        <SavedText
          label="Name"
          field="name"
          value={user.name}
          save={(name) => save({ name: name.trim() }, { name: user.name }, "Name")}
        />
      </SettingRow>
      <SettingRow label="Password" explain="At least 10 characters. All other browsers are logged out when it changes.">
        <PasswordForm />
      </SettingRow>
      <SessionList />
    </>
  );
}

function PasswordForm() {
  const [currentPassword, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const notice = useNotice();
  const change = useMutation({
    mutationFn: () => api.put<User>("users/me/", { currentPassword, password }),
    onSuccess: () => {
      setCurrent("");
      setPassword("");
      notice({ text: "Password changed" });
    },
  });
  const fields = change.error instanceof ApiError ? change.error.fields : {};
  const short = password.length > 0 && password.length < 10 ? "At least 10 characters." : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <form onSubmit={submit} className={form.form}>
      <PasswordInput
        label="Current password"
        autoComplete="current-password"
        value={currentPassword}
        error={fields.currentPassword ?? (Object.keys(fields).length === 0 ? change.error?.message : undefined)}
        onChange={(event) => setCurrent(event.currentTarget.value)}
      />
      <PasswordInput
        label="New password"
        autoComplete="new-password"
        value={password}
        error={short ?? fields.password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" disabled={!currentPassword || !password || short !== undefined} busy={change.isPending}>
        Change password
      </Button>
    </form>
  );
}
