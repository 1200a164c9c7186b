import { Modal, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "./Button";
import styles from "./ConfirmName.module.css";

interface ConfirmNameProps {
  title: string;
  /** What is lost and what stays. */
  explain: ReactNode;
  /** What must be typed. */
  name: string;
  close: () => void;
  confirm: () => void;
}

/** For what cannot be undone: the name has to be typed. */
export function ConfirmName({ title, explain, name, close, confirm }: ConfirmNameProps) {
  const [typed, setTyped] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm();
    close();
  };
  return (
    <Modal opened onClose={close} title={title} size={440}>
      <form onSubmit={submit} className={styles.form}>
        <div>{explain}</div>
        <TextInput
          label={`Type ${name} to go on`}
          data-autofocus
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" look="primary" danger disabled={typed !== name}>
          {title}
        </Button>
      </form>
    </Modal>
  );
}
