import { Modal, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "../api/client";
import { ApiError } from "../api/errors";
import type { Member, Role } from "../api/shapes";
import { Button } from "../design/Button";
import { Chips } from "../design/Chips";
import form from "../design/ConfirmName.module.css";
import { membersQuery, teamsQuery } from "./teamQueries";

interface InviteFormProps {
  org: string;
  roles: readonly Role[];
  opened: boolean;
  close: () => void;
  done: (member: Member) => void;
}

export function InviteForm({ org, roles, opened, close, done }: InviteFormProps) {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<string | null>("member");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const teams = useQuery({ ...teamsQuery(org), enabled: opened }).data ?? [];
  const queries = useQueryClient();
  const invite = useMutation({
    mutationFn: () =>
      api.post<Member>(`organizations/${org}/members/`, {
        email: email.trim(),
        orgRole: role,
        teamRoles: [...chosen].map((teamSlug) => ({ teamSlug, role: "contributor" })),
      }),
    onSuccess: async (member) => {
      setEmail("");
      close();
      done(member);
      await queries.invalidateQueries({ queryKey: membersQuery(org).queryKey });
    },
  });
  const fields = invite.error instanceof ApiError ? invite.error.fields : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate();
  };
  return (
    <Modal opened={opened} onClose={close} title="Invite somebody" size={420}>
      <form onSubmit={submit} className={form.form}>
        <TextInput
          label="E-mail"
          type="email"
          required
          data-autofocus
          value={email}
          error={fields.email ?? (Object.keys(fields).length === 0 ? invite.error?.message : undefined)}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Select
          label="Role"
          description={roles.find((one) => one.id === role)?.desc}
          data={roles.map((one) => ({ value: one.id, label: one.name, disabled: !one.isAllowed }))}
          value={role}
          error={fields.orgRole}
          onChange={setRole}
        />
        {teams.length > 1 && (
          <Chips name="Teams" options={teams.map((team) => team.slug)} chosen={chosen} choose={setChosen} />
        )}
        <Button type="submit" look="primary" disabled={!email.includes("@")} busy={invite.isPending}>
          Invite
        </Button>
      </form>
    </Modal>
  );
}
