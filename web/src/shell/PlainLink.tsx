import type { AnchorHTMLAttributes, MouseEvent } from "react";

interface PlainLinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  href: string;
  open: () => void;
}

/** For the rows of a long list: the router's own link works out its address in every row, at each change of the page. */
export function PlainLink({ href, open, ...link }: PlainLinkProps) {
  const onClick = (event: MouseEvent) => {
    // With a key held down the browser opens a tab or a window, or saves.
    if (!(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)) {
      event.preventDefault();
      open();
    }
  };
  return <a {...link} href={href} onClick={onClick} />;
}
