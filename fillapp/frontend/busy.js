// @ts-check
// Forms whose answer takes a while: sent once, and said so while they wait.

/** @param {HTMLFormElement} form */
export function watchBusy(form) {
  const said = form.querySelector("[data-busy-said]")
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault()
    form.dataset.sent = "yes"
    if (said instanceof HTMLElement) said.textContent = said.dataset.busySaid ?? ""
  })
  // The browser's back button shows the page as it was left.
  addEventListener("pageshow", () => {
    delete form.dataset.sent
    if (said) said.textContent = ""
  })
}
