// @ts-check
// Renaming in place: the form of its page, put where the title stands.
import { replace } from "./page.js"

/** Every link `data-rename="<id of the title>"` opens the form there; after saving, that element of the
 * answered page takes the title's place. */
export function watchRenames() {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-rename]") : null
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return
    const title = document.getElementById(link.dataset.rename ?? "")
    if (!title || title.hidden) return
    event.preventDefault()
    const menu = link.closest("details")
    if (menu) menu.open = false
    open(title, link.href)
  })
}

/** @param {HTMLElement} title @param {string} address */
async function open(title, address) {
  const form = await ask(address).then(formOf, () => null)
  // The page itself says what is wrong.
  if (!form) return location.assign(address)
  show(title, form)
}

/** @param {HTMLElement} title @param {HTMLFormElement} form */
function show(title, form) {
  title.hidden = true
  title.after(form)
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("title"))
  input.focus()
  input.select()
  const close = () => {
    form.remove()
    title.hidden = false
    title.focus()
  }
  form.querySelector("[data-rename-cancel]")?.addEventListener("click", (event) => {
    event.preventDefault()
    close()
  })
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close()
  })
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    save(title, form)
  })
}

/** @param {HTMLElement} title @param {HTMLFormElement} form */
async function save(title, form) {
  try {
    const page = await ask(form.action, new FormData(form))
    const refused = formOf(page)
    form.remove()
    if (refused) return show(title, refused)
    title.hidden = false
    const fresh = page.getElementById(title.id)
    // Under its new title it may no longer be among those searched for.
    if (!fresh) return location.reload()
    replace(title, fresh.outerHTML)
    document.getElementById(title.id)?.focus()
  } catch {
    const error = form.querySelector("[data-rename-error]")
    if (error) error.textContent = "The connection was lost, so the title is not saved. Try again."
  }
}

/** @param {string} address @param {FormData} [data] @returns {Promise<Document>} */
async function ask(address, data) {
  const response = await fetch(address, data ? { method: "POST", body: data } : {})
  return new DOMParser().parseFromString(await response.text(), "text/html")
}

/** @param {Document} page @returns {HTMLFormElement | null} */
function formOf(page) {
  return page.querySelector("form[data-rename-form]")
}
