/**
 * Show a dialog, and make it modal once it is on the screen: whatever makes all the rest of a page inert has the browser
 * style most of that page anew, and the dialog would wait for it. Until then it lies over everything and has the focus, a cover
 * behind it takes every press, and the first key makes it modal before anything else is done with that key. Above another
 * modal dialog it is modal at once. Returns what closes it.
 */
export function showModal(dialog: HTMLDialogElement): () => void {
  if (document.querySelector(":modal")) {
    dialog.showModal();
    return () => dialog.close();
  }
  const cover = document.createElement("div");
  cover.className = "dialog-cover";
  // The focus stays where it is.
  cover.addEventListener("mousedown", (event) => event.preventDefault());
  dialog.before(cover);
  dialog.show();

  let timer: number | undefined;
  // A frame's callbacks run before it is drawn, a timer they set after.
  const frame = requestAnimationFrame(() => {
    timer = window.setTimeout(makeModal);
  });
  addEventListener("keydown", makeModal, { capture: true });
  const settle = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    removeEventListener("keydown", makeModal, { capture: true });
    cover.remove();
  };
  return () => {
    settle();
    dialog.close();
  };

  function makeModal(): void {
    settle();
    const focused = document.activeElement;
    // Not by `close`, which would give the focus back and say that it was closed.
    dialog.removeAttribute("open");
    dialog.showModal();
    if (focused instanceof HTMLElement && dialog.contains(focused)) focused.focus({ preventScroll: true });
  }
}
