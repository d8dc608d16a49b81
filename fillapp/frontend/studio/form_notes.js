// @ts-check
// What is said on a card: why something typed cannot be saved, and that somebody else changed the same part.
import { describe } from "../page.js"

/** @typedef {import("./card.js").Card} Card */

/** Say what is wrong where it stands; with nothing wrong, take it back.
 * @param {Card} card @param {{ name: string, words: string }[]} errors */
export function showErrors(card, errors) {
  const { form } = card
  if (!form) return
  for (const said of form.querySelectorAll(".field-error, .form-errors")) said.remove()
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid")
    describe(field, `${field.id}-error`, false)
  }
  for (const { name, words } of errors) {
    const field = find(form, name)
    if (field) showBelow(field, words)
    else showAbove((name.startsWith("settings.") && form.querySelector(".settings")) || form, words)
  }
}

/** The field of this name, else the one it is a part of. @param {HTMLFormElement} form @param {string} name */
function find(form, name) {
  for (let path = name; path; path = path.slice(0, Math.max(0, path.lastIndexOf(".")))) {
    const field = form.querySelector(`[id="${CSS.escape(path.replaceAll(".", "-"))}"], [name="${CSS.escape(path)}"]:not([type=hidden])`)
    if (field) return field
  }
  return null
}

/** @param {Element} field @param {string} words */
function showBelow(field, words) {
  const note = make("p", "field-error", words)
  note.id = `${field.id || "static"}-error`
  field.setAttribute("aria-invalid", "true")
  describe(field, note.id, true)
  if (field.matches("fieldset")) field.querySelector("legend")?.after(note)
  else field.after(note)
}

/** @param {Element} place @param {string} words */
function showAbove(place, words) {
  const note = make("div", "note is-failed form-errors", words)
  note.setAttribute("role", "alert")
  place.prepend(note)
}

/** @param {Card} card @param {import("./studio.js").Answer} answer */
export function showConflict(card, answer) {
  const { theirs } = answer
  card.item.querySelector(".card-conflict")?.remove()
  if (!theirs) return
  const note = make("div", "note is-attention card-conflict", "")
  note.setAttribute("role", "alert")
  const who = theirs.who || "Somebody"
  const line = make("p", "", `${who} changed “${theirs.called}”${theirs.at ? ` at ${theirs.at}` : ""} while you typed. What you typed is here and not saved.`)
  const buttons = make("p", "note-actions", "")
  buttons.append(
    makeButton("Save mine", "button", async () => {
      note.remove()
      await card.saving.release(theirs.stamp)
    }),
    makeButton("Take theirs", "button is-quiet", async () => {
      note.remove()
      card.saving.forget()
      await card.reload()
      card.focus()
    }),
  )
  const words = make("div", "", "")
  words.append(line, buttons)
  note.append(words)
  card.item.append(note)
}

/** The part is there no more, and what was typed in it has no place. @param {Card} card @param {() => void} forget */
export function showGone(card, forget) {
  const note = make("div", "note is-attention card-conflict", "")
  note.setAttribute("role", "alert")
  const words = make("div", "", "")
  const buttons = make("p", "note-actions", "")
  buttons.append(
    makeButton("Let it go", "button is-quiet", () => {
      forget()
      card.item.remove()
    }),
  )
  words.append(make("p", "", "Somebody changed or deleted this while you typed. What you typed is here and not saved: copy what you need."), buttons)
  note.append(words)
  for (const button of card.item.querySelectorAll("[data-grip], [data-do]")) button.remove()
  card.item.append(note)
}

/** @param {string} tag @param {string} name @param {string} words @returns {HTMLElement} */
function make(tag, name, words) {
  const made = document.createElement(tag)
  made.className = name
  made.textContent = words
  return made
}

/** @param {string} words @param {string} name @param {() => void} press */
function makeButton(words, name, press) {
  const button = /** @type {HTMLButtonElement} */ (make("button", name, words))
  button.type = "button"
  button.addEventListener("click", press)
  return button
}
