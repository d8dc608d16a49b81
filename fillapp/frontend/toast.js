// @ts-check
// A short word that something was done, and what can be done about it.
import { element } from "./page.js"

const SECONDS = 8
/** @type {ReturnType<typeof setTimeout> | undefined} */
let hiding

/** @typedef {{ label: string, run: () => void }} Offer */

/** @param {string} words @param {Offer} [offer] */
export function say(words, offer) {
  const place = element("toast")
  const line = document.createElement("span")
  line.textContent = words
  place.replaceChildren(line)
  if (offer) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "toast-button"
    button.textContent = offer.label
    button.addEventListener("click", () => {
      place.replaceChildren()
      offer.run()
    })
    place.append(button)
  }
  clearTimeout(hiding)
  const hide = () => (place.matches(":hover, :focus-within") ? (hiding = setTimeout(hide, 1000)) : place.replaceChildren())
  hiding = setTimeout(hide, SECONDS * 1000)
}

/** Whether somebody writes somewhere on the page. @param {EventTarget | null} [target] */
export function isTyping(target = document.activeElement) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio])"))
}
