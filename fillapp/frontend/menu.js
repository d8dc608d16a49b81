// @ts-check
// Menus that are details elements: a click elsewhere or Escape closes them.

export function watchMenus() {
  addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!(event.target instanceof Node && menu.contains(event.target))) menu.open = false
  })
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return
    for (const menu of openMenus()) {
      menu.open = false
      menu.querySelector("summary")?.focus()
    }
  })
  // The second click of two must not make a second copy.
  addEventListener("submit", (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || !form.closest("details.menu")) return
    if (form.dataset.sent) event.preventDefault()
    form.dataset.sent = "yes"
  })
  // Whoever moves on with the keyboard leaves it behind, too.
  addEventListener("focusin", (event) => {
    for (const menu of openMenus()) if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false
  })
}

/** @returns {NodeListOf<HTMLDetailsElement>} */
function openMenus() {
  return document.querySelectorAll("details.menu[open]")
}
