import { Menu } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { sessionQuery } from "../access/session";
import { api } from "../api/client";
import { Avatar } from "../design/Avatar";
import { organizationsQuery } from "./organizations";
import styles from "./UserMenu.module.css";

export function UserMenu({ org, openKeys }: { org: string; openKeys: () => void }) {
  const user = useQuery(sessionQuery).data?.user;
  const organizations = useQuery(organizationsQuery).data ?? [];
  const queries = useQueryClient();
  const navigate = useNavigate();
  const logout = useMutation({
    mutationFn: () => api.post("auth/logout/"),
    onSuccess: async () => {
      queries.clear();
      await navigate({ to: "/login" });
    },
  });
  if (!user) {
    return null;
  }
  const name = user.name || user.email;
  return (
    <Menu>
      <Menu.Target>
        <button type="button" className={styles.button} aria-label={`${name}: account and organizations`}>
          <Avatar name={name} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{name}</Menu.Label>
        <Menu.Item component={Link} to={`/organizations/${org}/settings/account`}>
          My account
        </Menu.Item>
        <Menu.Item component={Link} to={`/organizations/${org}/settings/tokens`}>
          API tokens
        </Menu.Item>
        <Menu.Item onClick={openKeys}>Keyboard shortcuts</Menu.Item>
        {organizations.length > 1 && (
          <>
            <Menu.Divider />
            <Menu.Label>Organizations</Menu.Label>
            {organizations.map((one) => (
              <Menu.Item
                key={one.slug}
                component={Link}
                to={`/organizations/${one.slug}/issues`}
                disabled={one.slug === org}
              >
                {one.name}
              </Menu.Item>
            ))}
          </>
        )}
        <Menu.Divider />
        <Menu.Item onClick={() => logout.mutate()}>Log out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
