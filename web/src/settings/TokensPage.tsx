import { Menu } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../api/client";
import type { ApiToken } from "../api/shapes";
import { Ago } from "../design/Ago";
import { Button } from "../design/Button";
import { moment } from "../design/format";
import { useNotice } from "../design/Notices";
import { RowMenu } from "../design/RowMenu";
import { Bones, Failure } from "../design/States";
import { NewToken } from "./NewToken";
import { PageHead } from "./PageHead";
import styles from "./Table.module.css";
import { type TokenKind, tokenPath, tokensQuery } from "./tokenQueries";
import { useMay } from "./useMay";

export function TokensPage() {
  const { org } = useParams({ from: "/inside/organizations/$org/settings" });
  const may = useMay(org);
  return (
    <>
      <TokenList
        org={org}
        kind="own"
        title="Your API tokens"
        explain="A token acts as you, with the scopes it was given and never more than you may do."
        mayCreate
      />
      <TokenList
        org={org}
        kind="organization"
        title="Tokens of the organization"
        explain="They belong to nobody and go on working when their maker leaves. Made for build servers and automation."
        mayCreate={may("org:write")}
      />
    </>
  );
}

interface TokenListProps {
  org: string;
  kind: TokenKind;
  title: string;
  explain: string;
  mayCreate: boolean;
}

function TokenList({ org, kind, title, explain, mayCreate }: TokenListProps) {
  const tokens = useQuery(tokensQuery(org, kind));
  const queries = useQueryClient();
  const notice = useNotice();
  const [creating, setCreating] = useState(false);
  const key = tokensQuery(org, kind).queryKey;
  const reload = () => void queries.invalidateQueries({ queryKey: key });

  const revoke = (token: ApiToken) => {
    queries.setQueryData(key, (old) => old?.filter((one) => one.id !== token.id));
    notice({
      text: `Token ${token.name} revoked`,
      undo: reload,
      settled: () => {
        api.delete(`${tokenPath(org, kind)}${token.id}/`, { keepalive: true }).then(reload, (error: Error) => {
          notice({ text: error.message, tone: "error" });
          reload();
        });
      },
    });
  };

  return (
    <section className={styles.part}>
      <PageHead
        title={title}
        explain={explain}
        action={
          mayCreate && (
            <Button look={kind === "own" ? "primary" : undefined} onClick={() => setCreating(true)}>
              New token
            </Button>
          )
        }
      />
      {tokens.isPending && <Bones rows={2} />}
      {tokens.isError && (
        <Failure what="The tokens could not be read" error={tokens.error} retry={() => void tokens.refetch()} />
      )}
      {tokens.data?.length === 0 && <p className={styles.dim}>None yet.</p>}
      {tokens.data && tokens.data.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>Name</th>
                <th>Scopes</th>
                <th>Made</th>
                <th>Last used</th>
                <th>Until</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {tokens.data.map((token) => (
                <tr key={token.id}>
                  <td>
                    {token.name} <code className={styles.dim}>…{token.tokenLastCharacters}</code>
                  </td>
                  <td className={styles.small}>{token.scopes.join(", ")}</td>
                  <td className={styles.once}>
                    <Ago at={token.dateCreated} suffix=" ago" />
                  </td>
                  <td className={styles.once}>
                    {token.dateLastUsed ? <Ago at={token.dateLastUsed} suffix=" ago" /> : "never"}
                  </td>
                  <td className={styles.once}>
                    {token.expiresAt ? moment(new Date(token.expiresAt)).slice(0, 10) : "no end"}
                  </td>
                  <td>
                    <RowMenu label={`What to do with ${token.name}`}>
                      <Menu.Item data-danger="true" onClick={() => revoke(token)}>
                        Revoke
                      </Menu.Item>
                    </RowMenu>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {creating && <NewToken org={org} kind={kind} close={() => setCreating(false)} />}
    </section>
  );
}
