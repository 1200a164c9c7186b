import { Modal, Select, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "../api/client";
import { ApiError } from "../api/errors";
import type { ApiToken } from "../api/shapes";
import { Button } from "../design/Button";
import form from "../design/ConfirmName.module.css";
import styles from "./NewToken.module.css";
import { SecretText } from "./SecretText";
import { type TokenKind, tokenPath, tokenScopes, tokensQuery } from "./tokenQueries";

const lifetimes = [
  { value: "", label: "Until it is revoked" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "A year" },
];

/** Name, scopes, lifetime; then the token itself, once. */
export function NewToken({ org, kind, close }: { org: string; kind: TokenKind; close: () => void }) {
  const [name, setName] = useState("");
  const [days, setDays] = useState("");
  const [scopes, setScopes] = useState<ReadonlySet<string>>(
    new Set(kind === "own" ? ["event:read", "project:read", "org:read"] : ["org:ci"]),
  );
  const queries = useQueryClient();
  const create = useMutation({
    mutationFn: () =>
      api.post<ApiToken>(tokenPath(org, kind), {
        name: name.trim(),
        scopes: [...scopes],
        expiresAt: days ? new Date(Date.now() + Number(days) * 86_400_000).toISOString() : undefined,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: tokensQuery(org, kind).queryKey }),
  });
  const fields = create.error instanceof ApiError ? create.error.fields : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const toggle = (scope: string) => {
    const next = new Set(scopes);
    if (!next.delete(scope)) {
      next.add(scope);
    }
    setScopes(next);
  };

  return (
    <Modal opened onClose={close} title={create.data ? `Token ${create.data.name}` : "New token"} size={520}>
      {create.data ? (
        <SecretText
          text={create.data.token ?? ""}
          explain="Copy it now. It is kept as a hash and cannot be shown again."
        />
      ) : (
        <form onSubmit={submit} className={form.form}>
          <TextInput
            label="Name"
            description="Where it is used."
            required
            data-autofocus
            value={name}
            error={fields.name ?? (Object.keys(fields).length === 0 ? create.error?.message : undefined)}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <fieldset className={styles.scopes}>
            <legend>Scopes</legend>
            {tokenScopes.map(([about, names]) => (
              <div key={about} className={styles.line}>
                <span className={styles.about}>{about}</span>
                {names.map((scope) => (
                  <label key={scope} className={styles.scope} title={scope}>
                    <input type="checkbox" checked={scopes.has(scope)} onChange={() => toggle(scope)} />
                    {scope.split(":")[1]}
                  </label>
                ))}
              </div>
            ))}
            {fields.scopes && <div className={styles.error}>{fields.scopes}</div>}
          </fieldset>
          <Select label="Works" data={lifetimes} value={days} onChange={(value) => setDays(value ?? "")} />
          <Button type="submit" look="primary" disabled={!name.trim() || scopes.size === 0} busy={create.isPending}>
            Create token
          </Button>
        </form>
      )}
    </Modal>
  );
}
