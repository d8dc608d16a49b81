// @ts-check
// Help with the instructions of a block: advice while one types, and better ones by the model.
import { Unreachable, postFields } from "../sending.js"
import { markAdvice } from "./marks.js"
import { resume, suggest } from "./suggesting.js"

// Just after the form was saved: the advice looks at the settings of the draft.
const PAUSE = 900

/** @param {import("./card.js").Card} card @param {HTMLFormElement} form */
export function helpWriting(card, form) {
  const field = form.querySelector("[name^='block.'][name$='.instructions']")
  const place = form.querySelector("[data-writing-help]")
  if (!(field instanceof HTMLTextAreaElement) || !(place instanceof HTMLElement)) return
  const address = () => `${card.studio.address}blocks/${card.name.replace(/^block-/, "")}/`
  const list = document.createElement("ul")
  list.className = "advice"
  list.id = `advice-${card.name}`
  list.hidden = true
  const said = document.createElement("p")
  said.className = "visually-hidden"
  said.setAttribute("role", "status")
  const button = document.createElement("button")
  button.type = "button"
  button.className = "button is-quiet"
  button.textContent = "Improve these instructions"
  const suggestion = document.createElement("div")
  suggestion.className = "suggestion-place"
  place.append(list, said, button, suggestion)
  // Before the keyboard is in the field, which is moved into its place here.
  markAdvice(field, list, [])
  button.addEventListener("click", () => suggest(`${address()}suggest/`, field, suggestion))
  const waiting = card.studio.suggestions.of(card.name)
  if (waiting) resume(`${address()}suggest/`, waiting.address, field, suggestion)
  watchAdvice(field, list, said, form, () => `${address()}advice/`)
}

/** Ask for advice now and whenever something was typed.
 * @param {HTMLTextAreaElement} field @param {HTMLElement} list @param {HTMLElement} said
 * @param {HTMLFormElement} form @param {() => string} address */
function watchAdvice(field, list, said, form, address) {
  let waits = 0
  let asked = 0
  let count = 0
  const look = async () => {
    const mine = ++asked
    const text = field.value
    try {
      const { status, answer } = await postFields(address(), new URLSearchParams({ instructions: text }))
      // Of an older text, or of a form that is gone.
      if (mine !== asked || status !== 200 || text !== field.value || !field.isConnected) return
      const all = /** @type {{ advice: (import("./marks.js").Advice & { field: string })[] }} */ (/** @type {unknown} */ (answer)).advice
      // What is said of the title has no place in the instructions.
      const advice = all.map((one) => (one.field === "instructions" ? one : { ...one, start: 0, end: 0 }))
      markAdvice(field, list, advice)
      if (advice.length !== count) said.textContent = advice.length ? `Advice on these instructions: ${advice.length}.` : "No advice on these instructions."
      count = advice.length
    } catch (error) {
      // It comes with the next letter typed.
      if (!(error instanceof Unreachable)) throw error
    }
  }
  form.addEventListener("input", () => {
    clearTimeout(waits)
    waits = setTimeout(look, PAUSE)
  })
  look()
}
