// @ts-check
// Rows of a form: more of them, and moved. The server reads them in the order they stand on the page.

/** @param {HTMLElement} place */
export function watchRows(place) {
  const list = /** @type {HTMLElement} */ (place.querySelector(".item-rows"))
  const last = /** @type {HTMLElement} */ (list.lastElementChild)
  const blank = /** @type {HTMLElement} */ (last.cloneNode(true))
  let next = list.children.length
  // A row to begin with is for whoever cannot ask for one.
  if (last.hasAttribute("data-new")) last.remove()
  place.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null
    if (!button || button.closest("[data-rows]") !== place) return
    if (button.hasAttribute("data-add")) add(list, renumber(blank, next++))
    else if (button.dataset.move) move(place, button)
    else if (button.hasAttribute("data-remove")) remove(place, button)
    else return
    // Whoever saves as one types hears of it.
    place.dispatchEvent(new Event("input", { bubbles: true }))
  })
}

/** @param {HTMLElement} list @param {HTMLElement} row */
function add(list, row) {
  list.append(row)
  const first = row.querySelector("input:not([type=hidden]), select, textarea")
  if (first instanceof HTMLElement) first.focus()
}

/** @param {HTMLElement} place @param {HTMLButtonElement} button */
function move(place, button) {
  const row = button.closest("[data-row]")
  const up = button.dataset.move === "up"
  const other = up ? row?.previousElementSibling : row?.nextElementSibling
  const said = place.querySelector("[data-said]")
  if (row && other) other[up ? "before" : "after"](row)
  button.focus()
  const number = [...(row?.parentElement?.children ?? [])].indexOf(/** @type {Element} */ (row)) + 1
  const name = row?.querySelector("[data-name]")?.textContent ?? ""
  if (said) said.textContent = other ? `${name} is at place ${number} now.` : `${name} stays at place ${number}.`
}

/** @param {HTMLElement} place @param {HTMLButtonElement} button */
function remove(place, button) {
  const row = button.closest("[data-row]")
  const next = row?.nextElementSibling ?? row?.previousElementSibling
  const name = row?.querySelector("[data-name]")?.textContent ?? ""
  row?.remove()
  const said = place.querySelector("[data-said]")
  if (said) said.textContent = `${name} is removed.`
  const target = next?.querySelector("[data-remove]") ?? place.querySelector("[data-add]")
  if (target instanceof HTMLElement) target.focus()
}

/** A new empty row under a number of its own. @param {HTMLElement} blank @param {number} number */
function renumber(blank, number) {
  const row = /** @type {HTMLElement} */ (blank.cloneNode(true))
  const old = row.dataset.row ?? ""
  const name = old.replace(/\d+$/, String(number))
  const rename = (/** @type {string} */ text) =>
    text.replaceAll(`${old}.`, `${name}.`).replaceAll(`${old.replaceAll(".", "-")}-`, `${name.replaceAll(".", "-")}-`)
  for (const part of row.querySelectorAll("[id], [name], [for], [aria-describedby]")) {
    for (const key of ["id", "name", "for", "aria-describedby"]) {
      const value = part.getAttribute(key)
      if (value) part.setAttribute(key, rename(value))
    }
    if (part instanceof HTMLInputElement && part.type === "hidden") part.value = String(number)
    else if (part instanceof HTMLInputElement) {
      part.value = part.defaultValue
      part.checked = part.defaultChecked
    } else if (part instanceof HTMLTextAreaElement) part.value = part.defaultValue
  }
  row.dataset.row = name
  return row
}
