// @ts-check
// The Word look: what is chosen is saved at once, and the pages follow; the old ones stay until new ones are there.
import { element, replaceContent } from "../page.js"
import { showPages, waitForPages } from "../preview.js"

/** How often pages were asked for: only the last ones are wanted. */
let asked = 0
const SAVED = "Saved."
const LOST = "This was not saved: the server cannot be reached. Choose again in a moment."

/** @param {HTMLFormElement} form */
export function watchLook(form) {
  const saving = new Saving(form)
  const address = element("preview").dataset.preview
  if (address) draw(address, "")
  else say(document.querySelector("#preview [data-said]")?.textContent?.trim() ?? "")
  form.addEventListener("change", () => saving.save())
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    saving.save()
  })
  element("preview").parentElement?.addEventListener("click", enlarge)
  element("page-large").addEventListener("click", (event) => {
    const dialog = element("page-large")
    // Beside the page is outside.
    if (event.target === dialog && dialog instanceof HTMLDialogElement) dialog.close()
  })
}

class Saving {
  #form
  #isSaving = false
  #isChanged = false

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.#form = form
  }

  /** Save what is chosen now; what is chosen meanwhile is saved after it. */
  async save() {
    this.#isChanged = true
    if (this.#isSaving) return
    this.#isSaving = true
    while (this.#isChanged) {
      this.#isChanged = false
      await this.#send()
    }
    this.#isSaving = false
  }

  async #send() {
    say("Saving …")
    let answer
    try {
      const response = await fetch(this.#form.action, { method: "POST", body: new FormData(this.#form) })
      answer = new DOMParser().parseFromString(await response.text(), "text/html")
      if (!response.ok || !answer.getElementById("preview")) return showRefusal(answer)
    } catch {
      return say(LOST)
    }
    takeOver(answer)
    const next = answer.getElementById("preview")
    const address = next?.dataset.preview
    if (next && !address) show(next, SAVED)
    else if (address) draw(address, SAVED)
  }
}

/** Show the pages at an address once they are there, if none were asked for since.
 * @param {string} address @param {string} said what was done before */
async function draw(address, said) {
  const mine = ++asked
  if (said) say(`${said} Drawing the pages …`)
  element("preview").setAttribute("aria-busy", "true")
  const next = await waitForPages(address, () => mine === asked)
  if (next) show(next, said)
}

/** @param {HTMLElement} next @param {string} said */
function show(next, said) {
  asked += 1
  showPages(next)
  say(`${said} ${element("preview-said").textContent}`.trim())
}

/** What the server knows now: which look this is, what is detected, and what cannot be used. @param {Document} answer */
function takeOver(answer) {
  const look = answer.querySelector("input[name=look]")?.getAttribute("value") ?? ""
  for (const input of document.querySelectorAll("input[name=look]")) input.setAttribute("value", look)
  for (const select of document.querySelectorAll("form[data-look] select")) {
    const same = answer.getElementById(select.id)
    const said = answer.getElementById(`${select.id}-said`)
    const automatic = select.querySelector("option")
    if (automatic) automatic.textContent = same?.querySelector("option")?.textContent ?? ""
    if (same?.hasAttribute("aria-invalid")) select.setAttribute("aria-invalid", "true")
    else select.removeAttribute("aria-invalid")
    if (said) replaceContent(element(`${select.id}-said`), said.innerHTML)
  }
  for (const note of document.querySelectorAll(".said")) note.remove()
}

/** The page as the server shows it, with why it did not save. @param {Document} answer */
function showRefusal(answer) {
  const main = answer.querySelector("main")
  if (!main) return location.reload()
  element("main").innerHTML = main.innerHTML
  const form = document.querySelector("form[data-look]")
  if (form instanceof HTMLFormElement) watchLook(form)
  const alert = document.querySelector("[role=alert]")
  if (alert instanceof HTMLElement) alert.focus()
}

/** @param {MouseEvent} event */
function enlarge(event) {
  const link = event.target instanceof Element ? event.target.closest("a[data-page]") : null
  const dialog = element("page-large")
  if (!(link instanceof HTMLAnchorElement) || !(dialog instanceof HTMLDialogElement)) return
  if (event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  const picture = dialog.querySelector("img")
  const small = link.querySelector("img")
  if (!picture || !small) return
  picture.src = link.href
  picture.alt = small.alt.replace(", larger", "")
  dialog.showModal()
}

/** @param {string} sentence */
function say(sentence) {
  element("preview-said").textContent = sentence
}
