// @ts-check
// Finding a template while one types, as the server does: every word must stand somewhere in it.

/** @param {HTMLFormElement} form */
export function watchSearch(form) {
  const field = /** @type {HTMLInputElement} */ (form.querySelector("[data-search]"))
  const list = /** @type {HTMLElement} */ (form.querySelector("[data-picks]"))
  const line = /** @type {HTMLElement} */ (form.querySelector("[data-found]"))
  const picks = /** @type {HTMLElement[]} */ ([...list.children])
  const radio = (/** @type {HTMLElement} */ pick) => /** @type {HTMLInputElement} */ (pick.querySelector("input"))

  const find = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean)
    const found = picks.filter((pick) => words.every((word) => (pick.dataset.words ?? "").includes(word)))
    for (const pick of picks) pick.hidden = !found.includes(pick) && !radio(pick).checked
    line.textContent = !words.length
      ? ""
      : found.length
        ? `${found.length} of ${picks.length} templates`
        : `No template matches “${field.value.trim()}”. Try fewer or other words.`
    return found
  }
  field.addEventListener("input", find)
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "ArrowDown") return
    event.preventDefault()
    const first = find()[0]
    if (!first) return
    // Enter takes the first that was found, the arrow only goes there.
    if (event.key === "Enter") radio(first).click()
    radio(first).focus()
  })
  const chosen = picks.find((pick) => radio(pick).checked)
  // Only the list is scrolled, not the page.
  if (chosen) list.scrollTop = chosen.offsetTop - list.offsetTop
}
