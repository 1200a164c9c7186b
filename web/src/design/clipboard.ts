/**
 * Puts a text on the clipboard. Pages at plain-http addresses have no clipboard of their own, and a browser may refuse the one
 * that there is: then the text is selected and copied as by hand.
 */
export async function toClipboard(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyBySelection(text);
  }
}

function copyBySelection(text: string): void {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "unseen";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
