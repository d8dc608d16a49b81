// @ts-check
// Finding and replacing parts of a page.

/** The element of this id, which the server has put there. @param {string} id @returns {HTMLElement} */
export function element(id) {
  const found = document.getElementById(id)
  if (!found) throw new Error(`There is no #${id} on this page.`)
  return found
}

/** Put server-made HTML in an element's place; whoever was inside with the keyboard stays there.
 * @param {HTMLElement} old @param {string} html */
export function replace(old, html) {
  const holder = document.createElement("template")
  holder.innerHTML = html.trim()
  const next = holder.content.firstElementChild
  if (!(next instanceof HTMLElement)) return
  const focused = old.contains(document.activeElement) ? document.activeElement : null
  old.replaceWith(next)
  if (!focused) return
  const same = focused.id ? document.getElementById(focused.id) : null
  const target = same ?? (next.matches("[tabindex]") ? next : next.querySelector("a, button"))
  if (target instanceof HTMLElement) target.focus({ preventScroll: true })
}

/** Put other HTML into a place, unless it is there already. @param {HTMLElement} place @param {string} html */
export function replaceContent(place, html) {
  const next = place.cloneNode(false)
  if (!(next instanceof HTMLElement)) return
  next.innerHTML = html
  if (next.innerHTML !== place.innerHTML) replace(place, next.outerHTML)
}

/** Let a field be described by an element, or no more. @param {Element} field @param {string} id @param {boolean} on */
export function describe(field, id, on) {
  const ids = new Set((field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean))
  if (on) ids.add(id)
  else ids.delete(id)
  if (ids.size) field.setAttribute("aria-describedby", [...ids].join(" "))
  else field.removeAttribute("aria-describedby")
}
