import clsx from "clsx";
import { useTranslations } from "next-intl";
import { type ReactNode, useContext, useEffect, useId, useRef } from "react";
import { createPortal } from "react-dom";
import { IconButton } from "./button/icon-button";
import { DialogPrepared } from "./dialog-prepared";
import { showModal } from "./show-modal";

type DialogProps = {
  open: boolean;
  /** Esc, the close button, a click outside. Not called while `pending`. */
  onClose: () => void;
  title: ReactNode;
  description?: ReactNode;
  /** Buttons, last one rightmost. Put `data-autofocus` on what gets the focus first. */
  footer?: ReactNode;
  /** The dialog can't be closed until something has ended. */
  pending?: boolean;
  /** Only the footer's buttons close it: Esc or a click outside would lose what can't be shown again. */
  mustAnswer?: boolean;
  size?: "sm" | "md" | "lg";
  /** Where a dialog of several steps is: with a new step the focus goes to its `data-autofocus`, or to the title. */
  step?: string;
  children?: ReactNode;
};

const sizes = { sm: "sm:w-[420px]", md: "sm:w-[560px]", lg: "sm:w-[760px]" };

/** The browser's own modal dialog; a full-screen sheet under 640 px. Its children live only while it is open. */
export function Dialog(props: DialogProps) {
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog(props: DialogProps) {
  const {
    onClose,
    title,
    description,
    footer,
    pending = false,
    mustAnswer = false,
    size = "md",
    step,
    children,
  } = props;
  const prepared = useContext(DialogPrepared);
  const t = useTranslations("ui");
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const shownStep = useRef(step);

  useEffect(() => {
    if (prepared) return;
    const element = dialog.current;
    const before = document.activeElement;
    // What the browser then gives the focus to: once, and not to the first button before.
    element?.querySelector("[data-autofocus]")?.toggleAttribute("autofocus", true);
    const hide = element && showModal(element);
    return () => {
      hide?.();
      // What was pressed may be gone, as the bar of a selection is when its cards are.
      const back = before instanceof HTMLElement && before.isConnected && before !== document.body ? before : null;
      (back ?? document.querySelector("main"))?.focus({ preventScroll: back === null });
    };
  }, [prepared]);

  useEffect(() => {
    if (shownStep.current === step) return;
    shownStep.current = step;
    (dialog.current?.querySelector<HTMLElement>("[data-autofocus]") ?? heading.current)?.focus();
  }, [step]);

  const close = () => {
    if (!pending && !mustAnswer) onClose();
  };

  // In the body, so that it can be rendered from inside a row, a form or a paragraph; its events don't bubble there.
  return createPortal(
    <dialog
      ref={dialog}
      aria-modal
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-description` : undefined}
      aria-busy={pending || undefined}
      onClick={(event) => event.stopPropagation()}
      onSubmit={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        // A second Esc would close it even if "cancel" is prevented, so the key is handled here.
        if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        close();
      }}
      onMouseDown={(event) => {
        if (event.target === event.currentTarget) close();
      }}
      className={clsx(
        "m-0 h-dvh max-h-none w-full max-w-none bg-raised text-text open:flex open:flex-col",
        "sm:m-auto sm:h-fit sm:max-h-[calc(100dvh-48px)] sm:max-w-[calc(100vw-48px)] sm:rounded-lg sm:shadow-float",
        sizes[size],
      )}
    >
      <header className="flex items-start gap-3 px-4 pt-3 pb-2 sm:px-5 sm:pt-4">
        <div className="min-w-0 flex-1">
          <h2
            ref={heading}
            tabIndex={-1}
            id={`${id}-title`}
            className="font-semibold text-lg outline-none [overflow-wrap:anywhere]"
          >
            {title}
          </h2>
          {description && (
            <p id={`${id}-description`} className="mt-0.5 text-soft">
              {description}
            </p>
          )}
        </div>
        {!mustAnswer && (
          <IconButton
            icon="close"
            label={t("close")}
            onClick={close}
            disabledReason={pending ? t("wait") : undefined}
            className="-me-2 -mt-1"
          />
        )}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-4 py-2 sm:px-5">{children}</div>
      {footer && (
        <footer className="flex flex-wrap-reverse justify-end gap-2 border-line border-t px-4 py-3 max-sm:[&_button]:h-10 max-sm:[&_button]:flex-1 sm:px-5">
          {footer}
        </footer>
      )}
    </dialog>,
    document.body,
  );
}
