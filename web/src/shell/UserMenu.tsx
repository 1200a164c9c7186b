import { IconCheck } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { sessionQuery } from "../access/session";
import { api } from "../api/client";
import { Avatar } from "../design/Avatar";
import { DropMenu, MenuDivider, MenuItem, MenuLabel, menuLink } from "../design/dropdown/DropMenu";
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
    <DropMenu
      className={styles.button}
      label={`${name}: account and organizations`}
      width={210}
      face={<Avatar name={name} />}
    >
      <MenuLabel>{name}</MenuLabel>
      <Link {...menuLink} to="/organizations/$org/settings/account" params={{ org }}>
        My account
      </Link>
      <Link {...menuLink} to="/organizations/$org/settings/tokens" params={{ org }}>
        API tokens
      </Link>
      <MenuItem onClick={openKeys}>Keyboard shortcuts</MenuItem>
      {organizations.length > 1 && (
        <>
          <MenuDivider />
          <MenuLabel>Organizations</MenuLabel>
          {organizations.map((one) => (
            <Link key={one.slug} {...menuLink} to="/organizations/$org/issues" params={{ org: one.slug }}>
              {one.name}
              {one.slug === org && <IconCheck size={14} />}
            </Link>
          ))}
        </>
      )}
      <MenuDivider />
      <MenuItem onClick={() => logout.mutate()}>Log out</MenuItem>
    </DropMenu>
  );
}
