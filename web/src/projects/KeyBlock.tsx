import { Menu, Switch } from "@mantine/core";
import { Fragment } from "react";
import type { ProjectKey } from "../api/shapes";
import { Ago } from "../design/Ago";
import { CopyIcon } from "../design/Copy";
import { RowMenu } from "../design/RowMenu";
import { SavedText } from "../settings/SavedText";
import { useSave } from "../settings/useSave";
import styles from "./KeySettings.module.css";
import { RateLimitField } from "./RateLimitField";

interface KeyBlockProps {
  projectKey: ProjectKey;
  fixed: boolean;
  update: (patch: Partial<ProjectKey>) => Promise<void>;
  remove: (() => void) | undefined;
}

export function KeyBlock({ projectKey: key, fixed, update, remove }: KeyBlockProps) {
  const save = useSave<ProjectKey>(update);
  const addresses: [string, string | undefined][] = [
    ["DSN", key.dsn.public],
    ["Reports", key.dsn.security],
    ["Public key", key.public],
  ];
  return (
    <section className={styles.key} data-off={!key.isActive} aria-label={key.name}>
      <div className={styles.line}>
        <SavedText
          label="Name of the key"
          field="name"
          value={key.name}
          disabled={fixed}
          fault={(text) => (text.trim() ? undefined : "A name is needed.")}
          save={(name) => save({ name: name.trim() }, { name: key.name }, "Name")}
        />
        <RateLimitField
          limit={key.rateLimit}
          fixed={fixed}
          save={(rateLimit) => save({ rateLimit }, { rateLimit: key.rateLimit }, "Limit")}
        />
        <Switch
          label={key.isActive ? "On" : "Off: refused"}
          disabled={fixed}
          checked={key.isActive}
          onChange={(event) =>
            void save({ isActive: event.currentTarget.checked }, { isActive: key.isActive }, key.name)
          }
        />
        {remove && (
          <RowMenu label={`What to do with ${key.name}`}>
            <Menu.Item data-danger="true" onClick={remove}>
              Delete
            </Menu.Item>
          </RowMenu>
        )}
      </div>
      <dl className={styles.dsn}>
        {addresses.map(
          ([label, value]) =>
            value && (
              <Fragment key={label}>
                <dt>{label}</dt>
                <dd>
                  <code>{value}</code>
                  <CopyIcon text={value} what={label} />
                </dd>
              </Fragment>
            ),
        )}
      </dl>
      <div className={styles.made}>
        Made <Ago at={key.dateCreated} suffix=" ago" />
      </div>
    </section>
  );
}
