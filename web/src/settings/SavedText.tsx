import { Textarea, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { ApiError } from "../api/errors";

interface SavedTextProps {
  label: string;
  value: string;
  save: (value: string) => Promise<void>;
  /** The field's name in the API, to find its message. */
  field?: string;
  /** What is wrong with what is typed; nothing is saved then. */
  fault?: (value: string) => string | undefined;
  lines?: boolean;
  placeholder?: string;
  disabled?: boolean;
}

/** A text that saves itself when one leaves it or presses Enter; Escape takes the typing back. */
export function SavedText({ label, value, save, field, fault, lines = false, placeholder, disabled }: SavedTextProps) {
  const [text, setText] = useState(value);
  const [error, setError] = useState<string>();
  useEffect(() => setText(value), [value]);
  const wrong = fault?.(text);

  const commit = () => {
    if (text === value || wrong) {
      return;
    }
    save(text).then(
      () => setError(undefined),
      (refusal: Error) => {
        const fields = refusal instanceof ApiError ? refusal.fields : {};
        setError((field && fields[field]) ?? refusal.message);
      },
    );
  };
  const shared = {
    "aria-label": label,
    value: text,
    placeholder,
    disabled,
    error: wrong ?? error,
    onChange: (event: { currentTarget: { value: string } }) => {
      setText(event.currentTarget.value);
      setError(undefined);
    },
    onBlur: commit,
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key === "Escape") {
        setText(value);
      } else if (event.key === "Enter" && (!lines || event.ctrlKey || event.metaKey)) {
        commit();
      }
    },
  };
  return lines ? <Textarea {...shared} autosize minRows={3} maxRows={12} /> : <TextInput {...shared} />;
}
