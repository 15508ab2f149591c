import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Dialog } from "../ui/dialog";
import { Kbd } from "../ui/kbd";

const shortcuts = [
  { keys: ["/"], action: "find" },
  { keys: ["Ctrl", "K"], action: "find" },
  { keys: ["j"], action: "nextRow" },
  { keys: ["k"], action: "previousRow" },
  { keys: ["Enter"], action: "open" },
  { keys: ["x"], action: "select" },
  { keys: ["Esc"], action: "close" },
  { keys: ["?"], action: "help" },
] as const;

/** The keyboard shortcuts; `?` opens it anywhere outside of fields. */
export function ShortcutsDialog() {
  const t = useTranslations("shell");
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "?" || event.isComposing || event.ctrlKey || event.metaKey) return;
      if ((event.target as Element).closest("input, textarea, select, [contenteditable]")) return;
      if (document.querySelector("dialog:modal")) return;
      event.preventDefault();
      setOpen(true);
    };
    const onAsk = () => setOpen(true);
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener(askForShortcuts, onAsk);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener(askForShortcuts, onAsk);
    };
  }, []);

  return (
    <Dialog open={open} onClose={() => setOpen(false)} title={t("shortcuts.title")} size="sm">
      <ul className="pb-3">
        {shortcuts.map(({ keys, action }) => (
          <li
            key={keys.join()}
            className="flex items-center justify-between border-line border-b py-1.5 last:border-b-0"
          >
            {t(`shortcuts.${action}`)}
            <span className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** The user menu opens this dialog by an event, so that neither depends on the other. */
export const askForShortcuts = "cardesk:shortcuts";
