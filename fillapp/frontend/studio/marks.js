// @ts-check
// Advice on a text: its places marked in the field itself, what is said of each in a list below.
import { describe } from "../page.js"

/**
 * @typedef {{ start: number, end: number, words: string, code: string, other?: string }} Advice
 * `start` and `end` count characters as the server does, not the halves of an emoji.
 */

// What must be the same so that two texts break their lines alike.
const LOOK = /** @type {const} */ (["font", "letterSpacing", "lineHeight", "padding", "borderWidth", "textIndent", "tabSize", "wordSpacing"])

/** @type {WeakMap<HTMLTextAreaElement, Marks>} */
const known = new WeakMap()

/** Mark the places in the field and list what is said of them.
 * @param {HTMLTextAreaElement} field @param {HTMLElement} list @param {Advice[]} advice */
export function markAdvice(field, list, advice) {
  const marks = known.get(field) ?? new Marks(field, list)
  known.set(field, marks)
  marks.show(advice)
}

class Marks {
  /** @param {HTMLTextAreaElement} field @param {HTMLElement} list */
  constructor(field, list) {
    this.field = field
    this.list = list
    this.text = field.value
    /** @type {{ start: number, end: number, advice: Advice }[]} */
    this.places = []
    this.under = this.layUnder()
    field.addEventListener("input", () => this.follow())
    field.addEventListener("scroll", () => this.scroll())
    new ResizeObserver(() => this.fit()).observe(field)
  }

  /** A layer behind the field, which shows the same text unseen and the marks seen. */
  layUnder() {
    const holder = document.createElement("div")
    holder.className = "marks"
    const under = document.createElement("div")
    under.className = "marks-under"
    under.setAttribute("aria-hidden", "true")
    const focused = document.activeElement === this.field
    this.field.before(holder)
    holder.append(under, this.field)
    // Moving a field takes the keyboard from it.
    if (focused) this.field.focus()
    return under
  }

  /** @param {Advice[]} advice */
  show(advice) {
    this.text = this.field.value
    this.places = advice.map((one) => ({ ...inUnits(this.text, one), advice: one }))
    this.write()
    this.draw()
  }

  /** Something was typed: marks before it stay, those behind it move along, those in it go. */
  follow() {
    const [before, now] = [this.text, this.field.value]
    const most = Math.min(before.length, now.length)
    let head = 0
    while (head < most && before[head] === now[head]) head++
    let tail = 0
    while (tail < most - head && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail++
    const [end, moved] = [before.length - tail, now.length - before.length]
    for (const place of this.places) {
      if (place.end <= head) continue
      if (place.start >= end) [place.start, place.end] = [place.start + moved, place.end + moved]
      else place.end = place.start
    }
    this.text = now
    this.draw()
  }

  draw() {
    const parts = []
    let at = 0
    for (const { start, end } of [...this.places].sort((one, other) => one.start - other.start)) {
      if (end <= start || start < at) continue
      const mark = document.createElement("mark")
      mark.textContent = this.text.slice(start, end)
      parts.push(this.text.slice(at, start), mark)
      at = end
    }
    // A line break at the end makes a line only with something behind it.
    this.under.replaceChildren(...parts, `${this.text.slice(at)}\u200b`)
    this.fit()
  }

  /** The layer has the field's letters and its size, without its scroll bar. */
  fit() {
    const look = getComputedStyle(this.field)
    for (const name of LOOK) this.under.style[name] = look[name]
    const bar = this.field.offsetWidth - this.field.clientWidth - parseFloat(look.borderLeftWidth) - parseFloat(look.borderRightWidth)
    this.under.style.width = `${this.field.offsetWidth - Math.max(0, bar)}px`
    this.under.style.height = `${this.field.offsetHeight}px`
    this.scroll()
  }

  scroll() {
    this.under.scrollTop = this.field.scrollTop
  }

  write() {
    const items = this.places.map((place) => this.item(place))
    const same = this.list.textContent === items.map((item) => item.textContent).join("")
    // The keyboard may be on one of them.
    if (same && this.list.contains(document.activeElement)) return
    this.list.replaceChildren(...items)
    this.list.hidden = items.length === 0
    describe(this.field, this.list.id, items.length > 0)
  }

  /** @param {{ start: number, end: number, advice: Advice }} place */
  item(place) {
    const item = document.createElement("li")
    item.className = "advice-item"
    item.dataset.code = place.advice.code
    if (place.end > place.start) {
      const button = document.createElement("button")
      button.type = "button"
      button.className = "advice-place"
      button.textContent = shorten(this.text.slice(place.start, place.end))
      button.setAttribute("aria-label", `Go to “${button.textContent}” in the text`)
      button.addEventListener("click", () => this.goTo(place.advice))
      item.append(button, " ")
    }
    const words = document.createElement("span")
    words.textContent = place.advice.words
    item.append(words)
    return item
  }

  /** Select the place, wherever typing has moved it. @param {Advice} advice */
  goTo(advice) {
    const place = this.places.find((one) => one.advice.code === advice.code && one.advice.start === advice.start)
    this.field.focus()
    if (place) this.field.setSelectionRange(place.start, place.end)
  }
}

/** A place as scripts count it. @param {string} text @param {Advice} advice */
function inUnits(text, advice) {
  if (!/[\ud800-\udfff]/.test(text)) return { start: advice.start, end: advice.end }
  const characters = [...text]
  const start = characters.slice(0, advice.start).join("").length
  return { start, end: start + characters.slice(advice.start, advice.end).join("").length }
}

/** @param {string} text */
function shorten(text) {
  const line = text.replaceAll(/\s+/g, " ").trim()
  return line.length > 32 ? `${line.slice(0, 31).trimEnd()}…` : line
}
