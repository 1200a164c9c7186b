import { Link } from "@tanstack/react-router";
import { Empty } from "../design/States";

export function LostPage() {
  return (
    <Empty title="Nothing is here">
      The address leads to no page, or to something you may not see. <Link to="/">Go to the issues</Link>
    </Empty>
  );
}
