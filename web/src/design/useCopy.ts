import { useEffect, useState } from "react";
import { toClipboard } from "./clipboard";

/** Copies to the clipboard and says so for a moment. */
export function useCopy() {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (copied) {
      const timer = setTimeout(() => setCopied(false), 1500);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [copied]);

  const copy = async (text: string | (() => string | Promise<string>)) => {
    const value = typeof text === "string" ? text : await text();
    await toClipboard(value);
    setCopied(true);
  };
  return { copied, copy };
}
