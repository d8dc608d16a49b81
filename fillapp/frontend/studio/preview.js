// @ts-check
// The report as it would look, beside the editor: it follows the draft, and is written while one goes on editing.
import { Live } from "../live.js"
import { replaceContent } from "../page.js"
import { Unreachable, get, getHtml, postFields } from "../sending.js"
import { say } from "../toast.js"
import { watchExamples } from "./examples.js"
import { make } from "./studio.js"

/** @typedef {{ order: string[], html: Record<string, string>, states: Record<string, string>, line: string, due: string[] }} State */
/** @typedef {{ status: number, answer: { preview?: State, error?: string } }} Sent */

// What was written together is asked for together.
const SETTLE = 150

export class Preview {
  /** @param {import("./studio.js").Studio} studio */
  constructor(studio) {
    this.studio = studio
    this.place = /** @type {HTMLElement} */ (studio.place.querySelector("#studio-preview"))
    this.example = ""
    /** @type {Live | null} */
    this.live = null
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.asking = undefined
    this.title = document.title
  }

  async open() {
    this.place.addEventListener("click", (event) => this.click(event))
    this.place.addEventListener("change", (event) => {
      if (event.target instanceof HTMLSelectElement && event.target.id === "preview-example") this.load(event.target.value)
    })
    await this.load("")
  }

  /** @param {string} example */
  async load(example) {
    this.place.setAttribute("aria-busy", "true")
    try {
      this.place.innerHTML = await getHtml(`${this.address}?example=${example}`)
    } catch {
      return say("The preview could not be loaded. Reload the page when the connection is back.")
    } finally {
      this.place.removeAttribute("aria-busy")
    }
    const about = /** @type {HTMLElement} */ (this.place.querySelector("[data-preview-about]"))
    this.example = about.dataset.example ?? ""
    watchExamples(this, about)
    this.live?.rest()
    this.live = about.dataset.stream ? new Live(`${about.dataset.stream}?seen=`, this) : null
    this.live?.open()
    return undefined
  }

  get address() {
    return `${this.studio.address}preview/`
  }

  get parts() {
    return /** @type {HTMLElement | null} */ (this.place.querySelector("#preview-parts"))
  }

  /** What the server must know to say what is new. @returns {Record<string, string>} */
  get shown() {
    const names = [...(this.parts?.children ?? [])].map((part) => part.getAttribute("data-preview") ?? "")
    return { example: this.example, shown: names.join(" ") }
  }

  /** @param {MouseEvent} event */
  click(event) {
    const target = event.target instanceof Element ? event.target : null
    const button = target?.closest("[data-preview-do]")
    const part = target?.closest("[data-preview]")
    const name = part?.getAttribute("data-preview") ?? ""
    if (button instanceof HTMLElement) this.act(button.dataset.previewDo ?? "", name ? [name] : [])
    else if (name && !target?.closest("a, button, input") && !getSelection()?.toString()) this.openCard(name)
  }

  /** @param {string} name */
  openCard(name) {
    const card = this.studio.cards.get(name)
    if (!card) return
    card.open()
    card.item.scrollIntoView({ block: "nearest" })
  }

  /** @param {string[]} names */
  refresh(names) {
    if (this.example) this.act("write", names)
  }

  /** @param {string} what @param {string[]} names */
  async act(what, names) {
    const fields = new URLSearchParams({ do: what, ...this.shown })
    for (const name of names) fields.append("part", name)
    try {
      const { answer } = /** @type {Sent} */ (await postFields(this.address, fields))
      if (answer.preview) this.apply(answer.preview)
      if (answer.error) say(answer.error)
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      say(error.message)
    }
  }

  /** The draft is another now. @param {import("./studio.js").Draft} draft */
  follow(draft) {
    if (draft.preview) this.apply(draft.preview)
  }

  /** @param {State} state */
  apply(state) {
    const { parts } = this
    if (!parts) return
    const known = new Map([...parts.children].map((part) => [part.getAttribute("data-preview") ?? "", part]))
    for (const [place, name] of state.order.entries()) {
      const part = name in state.html ? make(state.html[name]) : known.get(name)
      if (!part) continue
      if (known.get(name)?.classList.contains("is-active")) part.classList.add("is-active")
      if (known.get(name) && known.get(name) !== part) known.get(name)?.replaceWith(part)
      known.delete(name)
      if (parts.children[place] !== part) parts.insertBefore(part, parts.children[place] ?? null)
    }
    for (const gone of known.values()) gone.remove()
    for (const [name, html] of Object.entries(state.states)) this.showState(name, html)
    const line = this.place.querySelector("[data-preview-line]")
    if (line instanceof HTMLElement) replaceContent(line, state.line)
  }

  /** @param {string} name @param {string} html */
  showState(name, html) {
    const place = this.find(name)?.querySelector("[data-state]")
    if (place instanceof HTMLElement) replaceContent(place, html)
  }

  /** @param {string} name */
  find(name) {
    return /** @type {HTMLElement | null} */ (this.parts?.querySelector(`[data-preview="${CSS.escape(name)}"]`) ?? null)
  }

  /** @param {string} name */
  showPart(name) {
    this.parts?.querySelector(".is-active")?.classList.remove("is-active")
    const part = this.find(name)
    part?.classList.add("is-active")
    part?.scrollIntoView({ block: "start" })
  }

  /** A block was written on. @param {import("../live.js").BlockEvent} event */
  showBlock(event) {
    const old = this.find(`block-${event.key}`)
    if (!old) return
    const next = make(event.html)
    const state = old.querySelector("[data-state]")
    if (state && !next.querySelector("[data-state]")?.childElementCount) next.querySelector("[data-state]")?.replaceWith(state)
    next.classList.toggle("is-active", old.classList.contains("is-active"))
    old.replaceWith(next)
    clearTimeout(this.asking)
    this.asking = setTimeout(() => this.ask(), SETTLE)
  }

  showSummary() {}

  /** The draft was changed, here or by somebody else. */
  showMoved() {
    this.studio.look()
  }

  /** How the blocks stand now. */
  async ask() {
    try {
      const { answer } = /** @type {Sent} */ (await get(`${this.address}states/?${new URLSearchParams(this.shown)}`))
      if (answer.preview) this.apply(answer.preview)
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
    }
  }
}
