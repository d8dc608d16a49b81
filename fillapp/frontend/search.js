// @ts-check
// Finding while one types: the same form as without script, its list replaced, the address kept.
import { element, replace } from "./page.js"

// Long enough for a word to go on, short enough to seem at once.
const PAUSE = 200
// How often to look again while something in the list is being written.
const AGAIN = 4000

/** @param {HTMLFormElement} form */
export function watchSearch(form) {
  const search = new Search(form)
  let waits = 0
  form.addEventListener("input", () => {
    clearTimeout(waits)
    waits = setTimeout(() => search.look(), PAUSE)
  })
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    clearTimeout(waits)
    search.look()
  })
  setInterval(() => search.lookAgain(), AGAIN)
}

class Search {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form
    this.id = form.dataset.search ?? ""
    this.asked = new AbortController()
  }

  async look() {
    // An older answer must not replace a newer one.
    this.asked.abort()
    this.asked = new AbortController()
    const address = this.address()
    try {
      const response = await fetch(address, { signal: this.asked.signal })
      this.show(address, await read(response))
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return
      this.say("The connection was lost. Type again to search again.")
    }
  }

  /** See how far things have come, unless somebody is busy in the list. */
  async lookAgain() {
    const found = element(this.id)
    const isBusy = found.contains(document.activeElement) || found.querySelector("details[open], form[data-rename-form]")
    if (document.hidden || isBusy || !found.querySelector("[data-moves]")) return
    const asked = this.asked
    const page = await fetch(location.href).then(read, () => null)
    const fresh = page?.getElementById(this.id)
    // A search that was begun meanwhile knows better.
    if (fresh && asked === this.asked) replace(element(this.id), fresh.outerHTML)
  }

  /** @param {string} address @param {Document} page */
  show(address, page) {
    const found = page.getElementById(this.id)
    // Signed out in between, or nothing left to search: the page itself says which.
    if (!found) return location.assign(address)
    replace(element(this.id), found.outerHTML)
    history.replaceState(null, "", address)
    this.say(found.querySelector("[data-found-line]")?.textContent ?? "")
  }

  /** What is filled in, as an address. */
  address() {
    const asked = new URLSearchParams()
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string" && value) asked.append(name, value)
    return asked.size ? `${location.pathname}?${asked}` : location.pathname
  }

  /** @param {string} words */
  say(words) {
    const said = document.querySelector("[data-found-said]")
    if (said) said.textContent = words
  }
}

/** @param {Response} response @returns {Promise<Document>} */
async function read(response) {
  return new DOMParser().parseFromString(await response.text(), "text/html")
}
