/** Our sign. In the page itself: as a picture of its own a browser opens a document for it. */
export function Bell({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path
        fill="#B4691F"
        d="M16 3a2 2 0 0 1 2 2v.6c4.3.9 7 4.5 7 9.4v5.2l2.4 3.3c.5.7 0 1.5-.8 1.5H5.4c-.8 0-1.3-.8-.8-1.5L7 20.2V15c0-4.9 2.7-8.5 7-9.400V5a2 2 0 0 1 2-2z"
      />
      <path fill="none" stroke="#B4691F" strokeWidth="2.4" strokeLinecap="round" d="M12.5 28a4 4 0 0 0 7 0" />
    </svg>
  );
}
