import { IconCheck, IconCopy } from "@tabler/icons-react";
import { Button } from "./Button";
import { IconButton } from "./IconButton";
import { useCopy } from "./useCopy";

interface CopyProps {
  /** The text itself, or how to make it when it is asked for. */
  text: string | (() => string | Promise<string>);
  /** What is copied, for the button's label. */
  what: string;
}

export function CopyIcon({ text, what }: CopyProps) {
  const { copied, copy } = useCopy();
  const label = copied ? "Copied" : `Copy ${what}`;
  return (
    <IconButton size={22} aria-label={label} title={label} onClick={() => copy(text)}>
      {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
    </IconButton>
  );
}

export function CopyButton({ text, what }: CopyProps) {
  const { copied, copy } = useCopy();
  return (
    <Button
      small
      look="quiet"
      title={what === "Copy" ? undefined : `Copy ${what}`}
      before={copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
      onClick={() => copy(text)}
    >
      {copied ? "Copied" : what}
    </Button>
  );
}
