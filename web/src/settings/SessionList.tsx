import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import type { BrowserSession } from "../api/shapes";
import { Ago } from "../design/Ago";
import { Button } from "../design/Button";
import { useNotice } from "../design/Notices";
import { browserName } from "./browserName";
import { PageHead } from "./PageHead";
import styles from "./Table.module.css";

const sessionsKey = ["me", "sessions"];

/** Where the account is logged in. */
export function SessionList() {
  const queries = useQueryClient();
  const notice = useNotice();
  const sessions = useQuery({
    queryKey: sessionsKey,
    queryFn: ({ signal }) => api.get<BrowserSession[]>("users/me/sessions/", { signal }),
  });
  const end = useMutation({
    mutationFn: (session: BrowserSession) => api.delete(`users/me/sessions/${session.id}/`),
    onError: (error) => notice({ text: error.message, tone: "error" }),
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsKey }),
  });
  if (!sessions.data) {
    return null;
  }
  return (
    <section className={styles.after}>
      <PageHead title="Logged in" />
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>Browser</th>
              <th>Address</th>
              <th>Last seen</th>
              <th>Since</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {sessions.data.map((session) => (
              <tr key={session.id}>
                <td title={session.userAgent ?? ""}>
                  {browserName(session.userAgent)} {session.isCurrent && <span className={styles.mark}>this one</span>}
                </td>
                <td className={styles.small}>{session.ipAddress}</td>
                <td className={styles.small}>
                  <Ago at={session.lastSeen} suffix=" ago" />
                </td>
                <td className={styles.small}>
                  <Ago at={session.dateCreated} suffix=" ago" />
                </td>
                <td>
                  {!session.isCurrent && (
                    <Button small onClick={() => end.mutate(session)}>
                      Log out
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
