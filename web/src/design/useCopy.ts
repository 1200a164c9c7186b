import { useEffect, useState } from "react";

/** Copies to the clipboard and says so for a moment; works on plain-http addresses too, where the clipboard API is absent. */
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
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(value);
    } else {
      copyBySelection(value);
    }
    setCopied(true);
  };
  return { copied, copy };
}

function copyBySelection(value: string): void {
  const area = document.createElement("textarea");
  area.value = value;
  area.className = "unseen";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
