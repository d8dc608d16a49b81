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
  form.addEventListener("refused", () => {
    if (awaited) stop()
  })
  form.addEventListener("all-added", async () => {
    if (!awaited) return
    await standing.look()
    // What was refused meanwhile has stopped it already.
    if (!awaited) return
    if (form.querySelector(".upload.is-failed")) return stop()
    awaited = false
    form.requestSubmit(button)
  })
  addEventListener("pageshow", () => delete form.dataset.sent)

  /** @param {number} files */
  function wait(files) {
    tell(
      files
        ? `The report starts as soon as ${files} more ${files > 1 ? "files are" : "file is"} read.`
        : "The report starts in a moment.",
    )
    if (!files) standing.asking?.then(() => form.dispatchEvent(new CustomEvent("all-added")))
  }

  function stop() {
    awaited = false
    tell("Not started: look at what could not be added, then press Generate again.")
  }

  /** @param {string} words */
  function tell(words) {
    element("before").textContent = words
    standing.say(words)
  }
}
