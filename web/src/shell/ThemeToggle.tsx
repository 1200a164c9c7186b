import { IconMoon, IconSun } from "@tabler/icons-react";
import { IconButton } from "../design/IconButton";
import { chooseScheme, useScheme } from "../design/scheme";

export function ThemeToggle() {
  const dark = useScheme() === "dark";
  return (
    <IconButton
      aria-label={dark ? "Light theme" : "Dark theme"}
      title={dark ? "Light theme" : "Dark theme"}
      onClick={() => chooseScheme(dark ? "light" : "dark")}
    >
      {dark ? <IconSun size={17} stroke={1.6} /> : <IconMoon size={17} stroke={1.6} />}
    </IconButton>
  );
}
