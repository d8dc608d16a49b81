// @ts-check
// Generate: once, and only when every file that was added has arrived.
import { element } from "../page.js"

/** @param {HTMLFormElement} form @param {import("./case.js").Case} standing @param {import("./uploads.js").Uploads} uploads */
export function watchGenerate(form, standing, uploads) {
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("[data-generate]"))
  let awaited = false
  form.addEventListener("submit", (event) => {
    const pressed = event.submitter instanceof HTMLButtonElement ? event.submitter.value : ""
    if (pressed !== "generate") {
      // Enter in a field: the form is only looked at again.
      event.preventDefault()
      standing.look()
    } else if (uploads.busy || standing.asking) {
      event.preventDefault()
      awaited = true
      wait(uploads.busy)
    } else if (form.dataset.sent) {
      // A second click must not make a second report.
      event.preventDefault()
    } else form.dataset.sent = "yes"
  })
  form.addEventListener("refused", () => (awaited = false))
  form.addEventListener("all-added", async () => {
    if (!awaited) return
    awaited = false
    await standing.look()
    if (form.querySelector(".upload.is-failed")) standing.say("Not started: look at what could not be added, then press Generate again.")
    else form.requestSubmit(button)
  })
  addEventListener("pageshow", () => delete form.dataset.sent)

  /** @param {number} files */
  function wait(files) {
    const words = files
      ? `The report starts as soon as ${files} more ${files > 1 ? "files are" : "file is"} read.`
      : "The report starts in a moment."
    element("before").textContent = words
    standing.say(words)
    if (!files) standing.asking?.then(() => form.dispatchEvent(new CustomEvent("all-added")))
  }
}
