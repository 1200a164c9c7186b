import { Modal } from "@mantine/core";
import type { Member } from "../api/shapes";
import { SecretText } from "./SecretText";

/** The link of an invitation. It is shown once: afterwards only its hash is known. */
export function InviteLink({ member, close }: { member: Member | undefined; close: () => void }) {
  return (
    <Modal opened={Boolean(member?.inviteLink)} onClose={close} title={`Invitation for ${member?.email}`} size={480}>
      <SecretText
        text={member?.inviteLink ?? ""}
        explain="Give this link to the person. It works once and is not shown again."
      />
    </Modal>
  );
}
