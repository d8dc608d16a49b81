// @ts-check
// How the case stands: the form is sent as it is, and what the server makes of it is shown.
import { element, replace } from "../page.js"

const KEPT = /^(document|slots-of|(slot|guess)-\d+)$/
const SHOWN = ["documents", "chosen", "before", "slots-of"]

export class Case {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form
    this.title = /** @type {HTMLInputElement} */ (form.elements.namedItem("title"))
    this.pending = /** @type {HTMLElement} */ (form.querySelector("[data-pending]"))
    this.said = /** @type {HTMLElement} */ (form.querySelector("[data-said]"))
    /** Counts what a person changed: an answer to an older form would undo it. */
    this.changes = 0
    /** @type {Promise<void> | null} */
    this.asking = null
    this.again = false
    form.addEventListener("change", (event) => {
      const field = event.target
      if (field instanceof HTMLSelectElement || (field instanceof HTMLInputElement && field.name === "template")) {
        this.changed()
      }
    })
  }

  /** Add documents by their ids; they stay pending until the list shows them. @param {string[]} pks */
  add(pks) {
    for (const pk of pks) {
      const field = document.createElement("input")
      field.type = "hidden"
      field.name = "document"
      field.value = pk
      this.pending.append(field)
    }
    return this.look()
  }

  /** Somebody changed the form. @param {string} [words] what there is to say once it is done */
  changed(words) {
    this.changes += 1
    return this.look(words)
  }

  /** Ask how the case stands now; one question at a time, and once more if anything was added meanwhile.
   * @param {string} [words] @returns {Promise<void>} */
  async look(words) {
    this.again = true
    this.asking ??= this.ask().finally(() => (this.asking = null))
    await this.asking
    this.say([words, this.notYet].filter(Boolean).join(" "))
  }

  async ask() {
    while (this.again) {
      this.again = false
      const changes = this.changes
      const data = new FormData(this.form)
      data.delete("files")
      data.delete("reuse")
      data.set("do", "look")
      const sent = [...this.pending.children]
      const page = await fetchPage(this.form.action, data)
      if (changes !== this.changes) continue
      if (typeof page === "string") return this.refuse(page)
      for (const field of sent) field.remove()
      this.show(page, String(data.get("title") ?? ""))
    }
  }

  /** @param {Document} page @param {string} title the title that was sent */
  show(page, title) {
    // The next answer knows nothing of them: they stand in a place of their own.
    for (const note of page.querySelectorAll("[data-refused]")) {
      this.refuse(note.querySelector("[data-reason]")?.textContent ?? "")
      note.remove()
    }
    for (const id of SHOWN) {
      const fresh = page.getElementById(id)
      if (fresh) replace(element(id), fresh.outerHTML)
    }
    document.querySelector("[data-cannot]")?.remove()
    this.showTitle(page, title)
    this.form.action = page.querySelector("[data-start]")?.getAttribute("action") ?? this.form.action
    document.title = page.title
    history.replaceState(null, "", this.address())
  }

  /** The page's address with the documents in it: whoever loads it again, or comes back, has them still. */
  address() {
    const { pathname } = new URL(this.form.action)
    const asked = new URLSearchParams()
    for (const [name, value] of new FormData(this.form)) {
      if (KEPT.test(name) && typeof value === "string") asked.append(name, value)
    }
    return asked.has("document") ? `${pathname}?${asked}` : pathname
  }

  /** The suggestion, unless somebody has typed since. @param {Document} page @param {string} sent */
  showTitle(page, sent) {
    const fresh = page.getElementById("title")
    const suggested = page.getElementById("suggested")
    if (!(fresh instanceof HTMLInputElement) || !suggested) return
    this.title.placeholder = fresh.placeholder
    if (this.title.value !== sent || (sent === "" && document.activeElement === this.title)) return
    this.title.value = fresh.value
    replace(element("suggested"), suggested.outerHTML)
  }

  /** What is still to do before Generate; empty when nothing is. */
  get notYet() {
    return document.querySelector("[data-not-yet]")?.textContent ?? ""
  }

  /** Something was not added, or could not be asked. @param {string} reason */
  refuse(reason) {
    this.form.dispatchEvent(new CustomEvent("refused", { detail: reason }))
  }

  /** @param {string} words */
  say(words) {
    if (words) this.said.textContent = words
  }
}

/** The page the server answers with, or a sentence that says why there is none.
 * @param {string} address @param {FormData} data @returns {Promise<Document | string>} */
async function fetchPage(address, data) {
  try {
    const response = await fetch(address, { method: "POST", body: data })
    const page = new DOMParser().parseFromString(await response.text(), "text/html")
    if (page.querySelector("[data-start]")) return page
    if (response.url.includes("/sign-in/")) {
      return "You were signed out. Sign in in another window, then go on here; your documents are kept."
    }
    return page.querySelector("h1")?.textContent ?? "The server could not answer. Try again in a minute."
  } catch {
    return "The connection was lost. What you added is kept; go on when you are connected again."
  }
}
