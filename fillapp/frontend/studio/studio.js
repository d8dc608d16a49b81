// @ts-check
// The studio: cards for the parts of a draft, what is done to them, and the preview beside them.
import { element } from "../page.js"
import { Unreachable, get, postFields } from "../sending.js"
import { isTyping, say } from "../toast.js"
import { Card } from "./card.js"
import { allowDragging } from "./dragging.js"
import { showGone } from "./form_notes.js"
import { openPalette } from "./palette.js"
import { Preview } from "./preview.js"
import { Steps } from "./steps.js"
import { Suggestions } from "./suggestions.js"

/**
 * @typedef {{ name: string, stamp: string, html?: string }} PartState
 * @typedef {{ draft: string, title: string, differs: boolean, about: string, parts: PartState[], suggestions: Record<string, import("./suggestions.js").Waiting>, change?: number, what?: string, added?: string, saved?: string, was?: string, now?: string, preview?: import("./preview.js").State }} Draft
 * @typedef {Partial<Draft> & { error?: string, gone?: boolean, errors?: { name: string, words: string }[], theirs?: { stamp: string, called: string, who: string, at: string } }} Answer
 * @typedef {{ status: number, answer: Answer }} Sent
 */

const LOOK_EVERY = 20_000

export class Studio {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place
    this.address = place.dataset.address ?? ""
    this.draft = place.dataset.draft ?? ""
    this.list = element("cards")
    /** @type {Map<string, Card>} */
    this.cards = new Map()
    /** Removed by others while somebody typed in them. @type {Set<Card>} */
    this.gone = new Set()
    this.steps = new Steps(this)
    this.preview = new Preview(this)
    this.suggestions = new Suggestions(this)
    /** One request after the other: each knows the draft that the one before left. @type {Promise<unknown>} */
    this.queue = Promise.resolve()
  }

  open() {
    const about = new Card(this, element("card-about"))
    this.cards.set(about.name, about)
    for (const item of this.list.children) if (item instanceof HTMLElement) this.adopt(item)
    allowDragging(this)
    this.place.addEventListener("click", (event) => this.click(event))
    document.addEventListener("keydown", (event) => this.press(event))
    addEventListener("beforeunload", (event) => {
      for (const card of this.cards.values()) card.saving.flush()
      if (this.unsaved.length) event.preventDefault()
    })
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") for (const card of this.cards.values()) card.saving.flush()
      else this.look()
    })
    setInterval(() => document.visibilityState === "visible" && this.look(), LOOK_EVERY)
    this.preview.open()
    this.suggestions.open()
    document.documentElement.classList.add("is-live")
  }

  /** @param {HTMLElement} item */
  adopt(item) {
    const card = new Card(this, item)
    this.cards.set(card.name, card)
    return card
  }

  /** Everything typed has arrived, or cannot. */
  async settle() {
    await Promise.all(this.unsaved.map((card) => card.saving.settle()))
  }

  get unsaved() {
    return [...this.cards.values(), ...this.gone].filter((card) => card.saving.isOpen)
  }

  /** @param {EventTarget | null} target */
  cardOf(target) {
    const item = target instanceof Element ? target.closest("[data-part]") : null
    return item instanceof HTMLElement ? (this.cards.get(item.dataset.part ?? "") ?? null) : null
  }

  /** @param {MouseEvent} event */
  click(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null
    if (!button) return
    const card = this.cardOf(button)
    if (button.hasAttribute("data-close")) button.closest("dialog")?.close()
    else if (button.id === "undo") this.steps.undo()
    else if (button.id === "redo") this.steps.redo()
    else if (button.hasAttribute("data-open")) card?.toggle()
    else if (button.dataset.side) this.showSide(button.dataset.side)
    else if (button.dataset.do) this.run(button.dataset.do, card)
  }

  /** @param {string} what @param {Card | null} card */
  run(what, card) {
    if (what === "help") return /** @type {HTMLDialogElement} */ (element("help")).showModal()
    if (what === "add") return openPalette(this, this.lastOf(card))
    if (what === "collapse") return this.collapse()
    if (what === "remove" && card) return this.remove(card)
    if (what === "duplicate" && card) return this.duplicate(card)
    return undefined
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const card = this.cardOf(event.target)
    // On a list of choices these keys open it.
    const moves = event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown") && !(event.target instanceof HTMLSelectElement)
    if (moves && card?.canMove) {
      event.preventDefault()
      this.moveBy(card, event.key === "ArrowUp" ? -1 : 1)
    } else if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && card) {
      event.preventDefault()
      card.write()
    } else if (event.key === "Escape" && card?.isOpen && !document.querySelector("dialog[open]")) {
      card.close()
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !isTyping(event.target)) {
      event.preventDefault()
      if (event.shiftKey) this.steps.redo()
      else this.steps.undo()
    }
  }

  /** On a narrow screen one side is shown at a time. @param {string} side */
  showSide(side) {
    const panes = this.place.querySelector(".studio-panes")
    if (panes instanceof HTMLElement) panes.dataset.shows = side
    for (const button of this.place.querySelectorAll("[data-side]")) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-side") === side))
    }
  }

  collapse() {
    for (const card of this.cards.values()) card.close(false)
  }

  /** Where something new goes: behind the card, else behind the last. @param {Card | null} card */
  lastOf(card) {
    const last = this.list.lastElementChild
    return card?.canMove ? card.name : last instanceof HTMLElement ? (last.dataset.part ?? "") : ""
  }

  /** @param {string} what @param {string} after */
  async add(what, after) {
    const answer = await this.change("parts/", { do: "add", what, after })
    const card = answer?.added ? this.cards.get(answer.added) : null
    if (!card) return
    this.steps.note(answer)
    await card.begin()
  }

  /** @param {Card} card */
  async duplicate(card) {
    await card.saving.settle()
    const answer = await this.change("parts/", { do: "duplicate", part: card.name })
    const copy = answer?.added ? this.cards.get(answer.added) : null
    this.steps.note(answer)
    copy?.focus()
  }

  /** @param {Card} card */
  async remove(card) {
    await card.saving.settle()
    const next = card.neighbour(1) ?? card.neighbour(-1)
    const answer = await this.change("parts/", { do: "remove", part: card.name })
    if (!answer) return
    this.steps.note(answer, true)
    if (next) next.focus()
    else element("editor-title").focus()
  }

  /** @param {Card} card @param {number} by */
  async moveBy(card, by) {
    const other = card.neighbour(by)
    if (!other) return this.announce(`${card.called} stays at place ${card.place}.`)
    other.item[by < 0 ? "before" : "after"](card.item)
    card.focus()
    return this.moved(card)
  }

  /** A card stands elsewhere on the page: let the draft follow. @param {Card} card */
  async moved(card) {
    this.announce(`${card.called} is at place ${card.place} of ${this.list.children.length} now.`)
    // Several moves in a row are sent as one: only where it ends up counts.
    if (card.isMoving) return
    card.isMoving = true
    await this.enqueue(async () => {
      card.isMoving = false
      const before = card.neighbour(-1)
      const answer = await this.sendNow("parts/", { do: "move", part: card.name, after: before?.name ?? "" })
      this.steps.note(answer)
    })
  }

  /** @param {string} words */
  announce(words) {
    element("said").textContent = words
  }

  /** Send, apply what is answered, and say what is wrong. @param {string} path @param {Record<string, string>} fields
   * @returns {Promise<Answer | null>} */
  change(path, fields) {
    return this.enqueue(() => this.sendNow(path, fields))
  }

  /** @template T @param {() => Promise<T>} task @returns {Promise<T>} */
  enqueue(task) {
    const done = this.queue.then(task)
    this.queue = done.catch(() => {})
    return done
  }

  /** @param {string} path @param {Record<string, string>} fields @returns {Promise<Answer | null>} */
  async sendNow(path, fields) {
    try {
      const { status, answer } = await this.post(path, new URLSearchParams(fields))
      if (status === 200) return answer
      say(answer.error ?? "That did not work. Reload the page and try again.")
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      say(error.signedOut ? "You are signed out. Sign in again in another tab, then try again." : "The connection is lost. Try again when it is back.")
      await this.look()
    }
    return null
  }

  /** One request; whatever it says of the draft is shown. @param {string} path @param {URLSearchParams} fields
   * @param {{ keepalive?: boolean }} [how] @returns {Promise<Sent>} */
  async post(path, fields, how = {}) {
    fields.set("draft", this.draft)
    for (const [name, value] of Object.entries(this.preview.shown)) fields.set(name, value)
    const sent = /** @type {Sent} */ (await postFields(this.address + path, fields, how))
    if (sent.answer.parts) this.apply(/** @type {Draft} */ (sent.answer))
    return sent
  }

  /** See what others did meanwhile. */
  async look() {
    await this.enqueue(async () => {
      try {
        const { status, answer } = /** @type {Sent} */ (await get(`${this.address}draft/?${new URLSearchParams({ draft: this.draft, ...this.preview.shown })}`))
        if (status !== 200) return
        const draft = /** @type {Draft} */ (answer)
        if (draft.draft !== this.draft) this.apply(draft)
        else this.suggestions.show(draft.suggestions)
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error
      }
    })
  }

  /** Show the draft as it stands. @param {Draft} draft */
  apply(draft) {
    this.draft = draft.draft
    if (draft.was && draft.now && draft.was !== draft.now) this.rename(draft.was, draft.now)
    const names = new Set(draft.parts.map((part) => part.name))
    for (const card of [...this.cards.values()]) if (card.canMove && !names.has(card.name)) this.lose(card)
    const typedIn = document.activeElement
    for (const [place, part] of draft.parts.entries()) {
      const card = this.cards.get(part.name) ?? this.adopt(make(part.html ?? ""))
      if (part.html) card.update(part.html, part.stamp)
      const here = this.list.querySelectorAll(":scope > [data-part]")[place]
      if (here !== card.item && !card.isMoving) this.list.insertBefore(card.item, here ?? null)
    }
    this.cards.get("about")?.follow(draft.about)
    // Whoever moves a card by hand takes the keyboard out of it.
    if (typedIn !== document.activeElement && typedIn instanceof HTMLElement && typedIn.isConnected) typedIn.focus({ preventScroll: true })
    element("no-cards").hidden = this.list.children.length > 0
    for (const title of this.place.querySelectorAll("[data-template-name]")) title.textContent = draft.title
    element("publish").hidden = !draft.differs
    this.suggestions.show(draft.suggestions)
    this.preview.follow(draft)
  }

  /** @param {string} was @param {string} now */
  rename(was, now) {
    const card = this.cards.get(was)
    if (!card) return
    this.cards.delete(was)
    this.cards.set(now, card)
    card.rename(now)
  }

  /** The draft has it no more; what somebody was typing in it stays in sight. @param {Card} card */
  lose(card) {
    this.cards.delete(card.name)
    if (!card.saving.isOpen) return card.item.remove()
    this.gone.add(card)
    this.showSaving()
    card.item.removeAttribute("data-part")
    return showGone(card, () => {
      this.gone.delete(card)
      this.showSaving()
    })
  }

  showSaving() {
    const states = [...this.cards.values()].map((card) => card.saving.state)
    const open = states.some((state) => state === "typing" || state === "saving")
    const wrong = this.gone.size > 0 || states.some((state) => state === "wrong" || state === "conflict" || state === "lost" || state === "out")
    element("studio-saving").textContent = wrong ? "Not all is saved" : open ? "Saving …" : "All saved"
  }
}

/** @param {string} html @returns {HTMLElement} */
export function make(html) {
  const holder = document.createElement("template")
  holder.innerHTML = html.trim()
  return /** @type {HTMLElement} */ (holder.content.firstElementChild)
}
