// @ts-check
// The room of the tests: files dropped on a case, a run that is watched, and how many calls it will be.
import { element, replace } from "../page.js"

const AGAIN = 2000

/** @param {HTMLElement} room */
export function watchTests(room) {
  for (const form of room.querySelectorAll("form[data-takes-files]")) {
    if (form instanceof HTMLFormElement) watchFiles(form)
  }
  room.addEventListener("input", (event) => {
    const form = event.target instanceof HTMLInputElement ? event.target.form : null
    if (form?.hasAttribute("data-run")) sayTotal(form)
  })
  showTotal()
  setInterval(() => look(), AGAIN)
}

/** See how far the run has come. */
async function look() {
  if (document.hidden || !document.querySelector("#run[data-moves]")) return
  const answer = await fetch(location.pathname).catch(() => null)
  if (!answer?.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  const fresh = page.getElementById("run")
  if (!fresh || fresh.outerHTML === element("run").outerHTML) return
  const said = page.getElementById("run-said")
  // The line that is read out stays the same element, or nothing would be read out.
  const line = element("run-said")
  replace(element("run"), fresh.outerHTML)
  if (said) {
    line.className = said.className
    line.innerHTML = said.innerHTML
    element("run-said").replaceWith(line)
  }
  showTotal()
}

function showTotal() {
  const form = document.querySelector("form[data-run]")
  if (form instanceof HTMLFormElement) sayTotal(form)
}

/** @param {HTMLFormElement} form */
function sayTotal(form) {
  const times = Number(/** @type {HTMLInputElement} */ (form.elements.namedItem("repetitions")).value)
  const place = form.querySelector("[data-total]")
  if (!place) return
  const reports = `${times * Number(form.dataset.reports)} reports`
  const calls = form.dataset.calls ? `, at least ${times * Number(form.dataset.calls)} calls` : ""
  place.textContent = times > 1 ? ` ${times} repetitions: ${reports}${calls}.` : ""
}

/** A form with a place for files: what is chosen or dropped is sent at once. @param {HTMLFormElement} form */
function watchFiles(form) {
  const place = form.querySelector("[data-drop-files]")
  form.addEventListener("change", (event) => {
    const what = event.target instanceof HTMLElement ? event.target.dataset.sends : ""
    if (what) send(form, what)
  })
  form.addEventListener("submit", () => {
    const input = form.querySelector("input[type=file]")
    const count = input instanceof HTMLInputElement ? (input.files?.length ?? 0) : 0
    if (count) showBusy(form, count)
  })
  if (!(place instanceof HTMLElement)) return
  const over = (/** @type {boolean} */ is) => place.classList.toggle("is-over", is)
  form.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    over(true)
  })
  form.addEventListener("dragleave", () => over(false))
  form.addEventListener("drop", (event) => {
    const files = event.dataTransfer?.files
    const input = place.querySelector("input[type=file]")
    if (!files?.length || !(input instanceof HTMLInputElement)) return
    event.preventDefault()
    over(false)
    input.files = files
    send(form, "add")
  })
}

/** Send the form for this purpose. @param {HTMLFormElement} form @param {string} what */
function send(form, what) {
  const field = document.createElement("input")
  field.type = "hidden"
  field.name = "do"
  field.value = what
  form.append(field)
  form.requestSubmit()
  field.remove()
}

/** @param {HTMLFormElement} form @param {number} count */
function showBusy(form, count) {
  const said = form.querySelector("[data-said]")
  if (said) said.textContent = `Reading ${count} document${count > 1 ? "s" : ""} …`
  form.querySelector("progress")?.removeAttribute("hidden")
}
